// What the GPU was told to do, and whether it is at work.
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

constexpr double kActive = 0.10;  // Above this share of time a GPU counts as active.

Reading<Text> file_text(const Sampling& sampling, std::string_view name) {
  return sampling.reading<Text>(Sampling::text(sampling.device(), name),
                                sampling.device().source(name));
}

Reading<Text> power_state(const Sampling& sampling) {
  const Reading<Ratio> busy = sampling.out().get(metric::utilization);
  if (busy) return {Text(busy->value > kActive ? "Active" : "Idle"), busy.source(), busy.time()};
  Absence why = busy.absence();
  why.reason = "needs the utilisation: " + why.reason;
  return {std::move(why), busy.source(), busy.time()};
}

/// "Not supported" stands in the file where the chip cannot be divided.
Reading<Text> division(const Sampling& sampling, std::string_view name) {
  Reading<Text> mode = file_text(sampling, name);
  if (!mode || (mode->find(' ') == std::string::npos && *mode != "UNKNOWN")) return mode;
  return {Absence{ReadingStatus::unsupported, mode.source() + " is '" + *mode + "'", ""},
          mode.source(), mode.time()};
}

}  // namespace

void read_modes(Sampling& sampling) {
  sampling.set(metric::performance_level, file_text(sampling, "power_dpm_force_performance_level"));
  sampling.set(metric::power_state, power_state(sampling));
}

void read_partition_modes(Sampling& sampling) {
  sampling.set(metric::partition_mode, division(sampling, "current_compute_partition"));
  sampling.set(metric::memory_partition_mode, division(sampling, "current_memory_partition"));
}

}  // namespace accel::amd
