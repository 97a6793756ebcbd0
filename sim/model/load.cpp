#include "load.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace accel::sim {
namespace {

constexpr std::int64_t kNoiseStep = 500'000'000;  // ns

// splitmix64: public domain, Sebastiano Vigna, 2015.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

double unit(std::uint64_t seed, std::int64_t bucket) {
  const std::uint64_t bits = mix(seed ^ mix(static_cast<std::uint64_t>(bucket)));
  return static_cast<double>(bits >> 11) * 0x1.0p-52 - 1.0;
}

/// Position within the period, 0..1.
double position(const LoadProfile& profile, std::int64_t elapsed) {
  if (profile.period <= 0) return 0;
  std::int64_t rest = (elapsed + profile.phase) % profile.period;
  if (rest < 0) rest += profile.period;
  return static_cast<double>(rest) / static_cast<double>(profile.period);
}

double shape(const LoadProfile& profile, std::uint64_t seed, std::int64_t elapsed) {
  const double span = profile.high - profile.low;
  switch (profile.kind) {
    case LoadKind::constant: return profile.high;
    case LoadKind::square:
      return position(profile, elapsed) < profile.duty ? profile.high : profile.low;
    case LoadKind::sine:
      return profile.low +
             span * 0.5 * (1 - std::cos(2 * std::numbers::pi * position(profile, elapsed)));
    case LoadKind::ramp: return profile.low + span * position(profile, elapsed);
    case LoadKind::noise: {
      const std::int64_t step = profile.period > 0 ? profile.period : kNoiseStep;
      return profile.low + span * 0.5 * (1 + smooth_noise(seed, elapsed, step));
    }
  }
  return 0;
}

}  // namespace

double smooth_noise(std::uint64_t seed, std::int64_t elapsed, std::int64_t step) {
  const std::int64_t bucket = elapsed >= 0 ? elapsed / step : (elapsed - step + 1) / step;
  const double x = static_cast<double>(elapsed - bucket * step) / static_cast<double>(step);
  const double weight = x * x * (3 - 2 * x);
  return unit(seed, bucket) * (1 - weight) + unit(seed, bucket + 1) * weight;
}

double load_at(const LoadProfile& profile, std::uint64_t seed, std::int64_t elapsed) {
  double load = shape(profile, seed, elapsed);
  // An idle card is idle: noise rides on work only.
  if (load > 0 && profile.noise > 0) {
    load += profile.noise * smooth_noise(seed + 1, elapsed, kNoiseStep);
  }
  return std::clamp(load, 0.0, 1.0);
}

double engine_load(const LoadProfile& profile, double at_high, double load) {
  if (profile.high <= 0) return 0;
  return std::min(1.0, at_high * load / profile.high);
}

}  // namespace accel::sim
