// Clocks, and the modes that a GPU is in.
#include <array>

#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// nvmlComputeMode_t. Mode 1 is deprecated and never given by drivers from 375 on.
constexpr std::array<const char*, 4> kComputeModes{"default", "exclusive_thread", "prohibited",
                                                   "exclusive_process"};

/// Above this share a device counts as active.
constexpr double kActive = 0.10;

Reading<Text> performance_state(Sampling& sampling) {
  const auto& function = sampling.functions().performance_state;
  const auto raw = sampling.gpu().ask<std::uint32_t>(function);
  if (!raw) return sampling.reading<Text>(raw.error(), function.name);
  sampling.note(*raw);
  if (*raw == kPstateUnknown) {
    return {Absence{ReadingStatus::unsupported,
                    std::string(function.name) + ": the driver does not know the state", ""},
            function.name};
  }
  if (*raw > kPstateMax) {
    return sampling.reading<Text>(implausible(function.name, *raw, 0, kPstateMax, ""),
                                  function.name);
  }
  return sampling.reading<Text>("P" + std::to_string(*raw), function.name);
}

Reading<Text> compute_mode(Sampling& sampling) {
  const auto& function = sampling.functions().compute_mode;
  const auto raw = sampling.gpu().ask<std::uint32_t>(function);
  if (!raw) return sampling.reading<Text>(raw.error(), function.name);
  sampling.note(*raw);
  if (*raw >= kComputeModes.size()) {
    return sampling.reading<Text>(implausible(function.name, *raw, 0, kComputeModes.size() - 1, ""),
                                  function.name);
  }
  return sampling.reading<Text>(Text(kComputeModes.at(*raw)), function.name);
}

Reading<Text> power_state(const Sampling& sampling) {
  if (const Error* refusal = sampling.gpu().refusal()) {
    if (refusal->code == Errc::device_asleep) return {Text("Suspended"), "power/runtime_status"};
    return absence_of(*refusal);
  }
  const Reading<Ratio> busy = sampling.out().get(metric::utilization);
  if (busy) return {Text(busy->value > kActive ? "Active" : "Idle"), busy.source(), busy.time()};
  Absence why = busy.absence();
  why.reason = "needs the utilisation: " + why.reason;
  return {std::move(why), busy.source(), busy.time()};
}

}  // namespace

void read_clocks(Sampling& sampling, Held& held) {
  const Functions& nvml = sampling.functions();
  const auto now = [&](std::uint32_t type) { return sampling.read(kMegahertz, nvml.clock, type); };
  const auto highest = [&](std::uint32_t type) {
    return [&sampling, &nvml, type] { return sampling.read(kMegahertz, nvml.clock_max, type); };
  };
  sampling.set(metric::clock_graphics, now(clock_type::kGraphics));
  sampling.set(metric::clock_sm, now(clock_type::kSm));
  sampling.set(metric::clock_memory, now(clock_type::kMemory));
  sampling.set(metric::clock_video, now(clock_type::kVideo));
  sampling.set(metric::clock_graphics_max,
               sampling.once(held.graphics_max, highest(clock_type::kGraphics)));
  sampling.set(metric::clock_sm_max, sampling.once(held.sm_max, highest(clock_type::kSm)));
  sampling.set(metric::clock_memory_max,
               sampling.once(held.memory_max, highest(clock_type::kMemory)));
  sampling.set(metric::clock_video_max, sampling.once(held.video_max, highest(clock_type::kVideo)));
  sampling.set(metric::voltage,
               {Absence{ReadingStatus::unsupported, "NVML has no function for it", ""}});
}

void read_modes(Sampling& sampling) {
  const Functions& nvml = sampling.functions();
  sampling.set(metric::performance_state, performance_state(sampling));
  sampling.set(metric::power_state, power_state(sampling));
  sampling.set(metric::persistence_mode, sampling.read_flag(nvml.persistence_mode));
  sampling.set(metric::compute_mode, compute_mode(sampling));
  sampling.set(metric::display_active, sampling.read_flag(nvml.display_active));
}

}  // namespace accel::nvidia
