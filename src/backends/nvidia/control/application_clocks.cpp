#include "backends/nvidia/control/application_clocks.hpp"

#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/control/supported_clocks.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

Result<std::uint32_t> present_clock(const Gpu& gpu, std::uint32_t type) {
  return ask_number(gpu, kClockBounds, gpu.functions().application_clock, type);
}

Result<std::uint32_t> usual_clock(const Gpu& gpu, std::uint32_t type) {
  return ask_number(gpu, kClockBounds, gpu.functions().application_clock_default, type);
}

double in_megahertz(std::uint32_t clock) { return clock; }

/// Those that go with the other domain as it is.
Result<std::vector<double>> steps_of(const Gpu& gpu, std::uint32_t type) {
  if (type == clock_type::kMemory) return memory_clocks(gpu);
  const auto memory = present_clock(gpu, clock_type::kMemory);
  if (!memory) return memory.error();
  return graphics_clocks(gpu, *memory);
}

KnobWrite run_at(std::uint32_t type, std::string megahertz) {
  return {std::string(kApplicationClockKnob.name) + " " + std::to_string(type),
          std::move(megahertz), rank::kClocks};
}

Result<std::string> value(const Gpu& gpu, const KnobNumbers& numbers) {
  const auto clock = present_clock(gpu, numbers[0]);
  if (!clock) return clock.error();
  return std::to_string(*clock);
}

Result<Step> step(const Gpu& gpu, const KnobNumbers& numbers, std::string_view value) {
  const auto clock = knob_number<std::uint32_t>(kApplicationClockKnob.name, value);
  if (!clock) return clock.error();
  const bool is_memory = numbers[0] == clock_type::kMemory;
  const auto other = present_clock(gpu, is_memory ? clock_type::kGraphics : clock_type::kMemory);
  if (!other) return other.error();
  return step_of(gpu, gpu.functions().set_application_clocks, is_memory ? *clock : *other,
                 is_memory ? *other : *clock);
}

}  // namespace

Result<SetpointState> application_state(const Gpu& gpu, std::uint32_t type) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_application_clocks)) return std::move(*missing);
  const auto now = present_clock(gpu, type);
  if (!now) return now.error();
  SetpointState found;
  found.present = reading_of(now, nvml.application_clock.name, in_megahertz);
  found.usual =
      reading_of(usual_clock(gpu, type), nvml.application_clock_default.name, in_megahertz);
  if (auto filled = fill(found.range, steps_of(gpu, type)); !filled) return filled.error();
  return found;
}

Result<std::vector<KnobWrite>> application_writes(std::uint32_t type, const SetpointValue& value) {
  if (const auto* clock = std::get_if<double>(&value))
    return std::vector{run_at(type, whole(*clock))};
  return Error{Errc::operation_not_supported,
               std::string(kApplicationClockKnob.name) + ": takes one clock, not a span",
               "give one clock",
               {}};
}

Result<std::vector<KnobWrite>> application_default(const Gpu& gpu, std::uint32_t type) {
  const auto usual = usual_clock(gpu, type);
  if (!usual) return usual.error();
  return std::vector{run_at(type, std::to_string(*usual))};
}

bool has_application_clock(const Gpu& gpu, std::uint32_t type) {
  if (obstacle(gpu, gpu.functions().set_application_clocks)) return false;
  const auto now = present_clock(gpu, type);
  const auto usual = usual_clock(gpu, type);
  return now && usual && *now != *usual;
}

constinit const Knob kApplicationClockKnob{"nvmlDeviceSetApplicationsClocks", 1, value, step};

}  // namespace accel::nvidia
