// What the GPU was told to do, and whether it is at work.
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

constexpr double kActive = 0.10;  // Above this share of time a GPU counts as active.

// The words of the driver: amdgpu_pm.c and amdgpu_gfx.c, and the NPS modes of amdgpu_gmc.c of 6.13.
constexpr std::array<std::string_view, 9> kLevels{"auto",
                                                  "low",
                                                  "high",
                                                  "manual",
                                                  "profile_standard",
                                                  "profile_min_sclk",
                                                  "profile_min_mclk",
                                                  "profile_peak",
                                                  "perf_determinism"};
constexpr std::array<std::string_view, 5> kComputeModes{"SPX", "DPX", "TPX", "QPX", "CPX"};
constexpr std::array<std::string_view, 6> kMemoryModes{"NPS1", "NPS2", "NPS3",
                                                       "NPS4", "NPS6", "NPS8"};

/// The file's word where it is one of `words`.
Reading<Text> word(const Sampling& sampling, std::string_view name,
                   std::span<const std::string_view> words) {
  std::string source = sampling.device().source(name);
  auto text = Sampling::text(sampling.device(), name);
  if (text && std::ranges::find(words, *text) == words.end()) {
    text =
        Error{Errc::malformed, source + ": '" + *text + "' is no word that the driver has", "", {}};
  }
  return sampling.reading<Text>(std::move(text), std::move(source));
}

Reading<Text> power_state(const Sampling& sampling) {
  const Reading<Ratio> busy = sampling.out().get(metric::utilization);
  if (busy) return {Text(busy->value > kActive ? "Active" : "Idle"), busy.source(), busy.time()};
  Absence why = busy.absence();
  why.reason = "needs the utilisation: " + why.reason;
  return {std::move(why), busy.source(), busy.time()};
}

/// "Not supported" stands in the file where the chip cannot be divided.
Reading<Text> division(const Sampling& sampling, std::string_view name,
                       std::span<const std::string_view> words) {
  const auto text = Sampling::text(sampling.device(), name);
  if (!text || (*text != "Not supported" && *text != "UNKNOWN")) return word(sampling, name, words);
  const std::string source = sampling.device().source(name);
  return {Absence{ReadingStatus::unsupported, source + " is '" + *text + "'", ""}, source};
}

}  // namespace

void read_modes(Sampling& sampling) {
  sampling.set(metric::performance_level,
               word(sampling, "power_dpm_force_performance_level", kLevels));
  sampling.set(metric::power_state, power_state(sampling));
}

void read_partition_modes(Sampling& sampling) {
  sampling.set(metric::partition_mode,
               division(sampling, "current_compute_partition", kComputeModes));
  sampling.set(metric::memory_partition_mode,
               division(sampling, "current_memory_partition", kMemoryModes));
}

}  // namespace accel::amd
