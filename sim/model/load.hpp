// The load that a scenario puts on a GPU: a function of time that two runs with one seed repeat.
#pragma once

#include <cstdint>

namespace accel::sim {

enum class LoadKind : std::uint32_t { constant, square, sine, ramp, noise };

struct LoadProfile {
  LoadKind kind;
  double low;        ///< 0..1; a constant load uses `high` only.
  double high;       ///< 0..1
  double duty;       ///< Share of the period that a square wave is high.
  double noise;      ///< Amplitude of the seeded noise added to every kind.
  double intensity;  ///< How much of the power of the heaviest code this code draws at full load.
  double memory;     ///< Memory controller load as a share of the load.
  double encoder;    ///< Load of the video encoders while the load is at `high`.
  double decoder;    ///< The same of the decoders.
  std::int64_t period;  ///< ns
  std::int64_t phase;   ///< ns
};

/// The load in 0..1, `elapsed` ns after the start of the scenario.
double load_at(const LoadProfile& profile, std::uint64_t seed, std::int64_t elapsed);

/// The load of an engine that is `at_high` busy while the load is at its highest: it follows the
/// load, and an idle GPU's engines are idle.
double engine_load(const LoadProfile& profile, double at_high, double load);

/// A repeatable number in -1..1 that changes smoothly, with a new target each `step` ns.
double smooth_noise(std::uint64_t seed, std::int64_t elapsed, std::int64_t step);

}  // namespace accel::sim
