// The power limit.
#include <cmath>

#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"

namespace accel::nvidia {
namespace {

constexpr double kPerWatt = 1000;  // Milliwatts.

double in_watts(std::uint32_t milliwatts) { return milliwatts / kPerWatt; }

std::vector<KnobWrite> limit_to(std::string milliwatts) {
  return {{std::string(kPowerKnob.name), std::move(milliwatts), rank::kPower}};
}

Result<SetpointState> state(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_power_limit)) return std::move(*missing);
  const auto now = ask_number(gpu, kPowerBounds, nvml.power_limit);
  if (!now) return now.error();
  SetpointState found;
  found.present = reading_of(now, nvml.power_limit.name, in_watts);
  found.usual = reading_of(ask_number(gpu, kPowerBounds, nvml.power_limit_default),
                           nvml.power_limit_default.name, in_watts);
  auto ends = ask_ends(gpu, kPowerBounds, nvml.power_limit_range);
  if (ends) ends = Ends{ends->low / kPerWatt, ends->high / kPerWatt};
  if (auto filled = fill(found.range, ends); !filled) return filled.error();
  return found;
}

Result<std::vector<KnobWrite>> writes(const Gpu& /*gpu*/, const SetpointValue& value) {
  // 32.3 W are 32300 mW although their product is a little less.
  constexpr double kRounding = 1e-6;
  return limit_to(whole(std::get<double>(value) * kPerWatt + kRounding));
}

Result<std::vector<KnobWrite>> default_writes(const Gpu& gpu) {
  const auto usual = ask_number(gpu, kPowerBounds, gpu.functions().power_limit_default);
  if (!usual) return usual.error();
  return limit_to(std::to_string(*usual));
}

Result<std::string> value(const Gpu& gpu, const KnobNumbers& /*numbers*/) {
  const auto limit = ask_number(gpu, kPowerBounds, gpu.functions().power_limit);
  if (!limit) return limit.error();
  return std::to_string(*limit);
}

Result<Step> step(const Gpu& gpu, const KnobNumbers& /*numbers*/, std::string_view value) {
  const auto milliwatts = knob_number<std::uint32_t>(kPowerKnob.name, value);
  if (!milliwatts) return milliwatts.error();
  return step_of(gpu, gpu.functions().set_power_limit, *milliwatts);
}

}  // namespace

constinit const Setting kPowerSetting{&setpoint::power_limit_w, state, writes, default_writes};
constinit const Knob kPowerKnob{"nvmlDeviceSetPowerManagementLimit", 0, value, step};

}  // namespace accel::nvidia
