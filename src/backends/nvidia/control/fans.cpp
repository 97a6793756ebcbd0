// Fan speeds: each fan is a knob of its own, automatic or held at a speed.
#include "backends/nvidia/control/ask.hpp"
#include "backends/nvidia/control/setting.hpp"
#include "backends/nvidia/fan_count.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

constexpr std::string_view kAutomatic = "auto";
constexpr std::string_view kManual = "manual ";

/// The speed that a fan is told to have. (GetFanSpeed_v2 follows it with time.)
Result<std::uint32_t> told_speed(const Gpu& gpu, std::uint32_t fan) {
  const Functions& nvml = gpu.functions();
  auto told = ask_number(gpu, kSpeedBounds, nvml.fan_target, fan);
  const bool is_missing = !told && told.error().code == Errc::operation_not_supported;
  return is_missing ? ask_number(gpu, kSpeedBounds, nvml.fan_speed, fan) : told;
}

Result<std::string> value(const Gpu& gpu, const KnobNumbers& numbers) {
  const auto& function = gpu.functions().fan_policy;
  const auto policy = ask_number(gpu, kFlagBounds, function, numbers[0]);
  if (!policy) return policy.error();
  if (*policy == fan_control::kAutomatic) return std::string(kAutomatic);
  const auto speed = told_speed(gpu, numbers[0]);
  if (!speed) return speed.error();
  return std::string(kManual) + std::to_string(*speed);
}

Result<Step> step(const Gpu& gpu, const KnobNumbers& numbers, std::string_view value) {
  const Functions& nvml = gpu.functions();
  if (value == kAutomatic && nvml.set_fan_automatic.call == nullptr) {
    return step_of(gpu, nvml.set_fan_policy, numbers[0], fan_control::kAutomatic);
  }
  if (value == kAutomatic) return step_of(gpu, nvml.set_fan_automatic, numbers[0]);
  if (!value.starts_with(kManual)) return no_value_of(kFanKnob.name, value);
  const auto percent = knob_number<std::uint32_t>(kFanKnob.name, value.substr(kManual.size()));
  if (!percent) return percent.error();
  // It takes the fan out of the driver's control by itself (nvml.h).
  return step_of(gpu, nvml.set_fan_speed, numbers[0], *percent);
}

/// How many fans there are to be set; an error for none.
Result<std::uint32_t> settable_fans(const Gpu& gpu) {
  const Functions& nvml = gpu.functions();
  if (auto missing = obstacle(gpu, nvml.set_fan_speed)) return std::move(*missing);
  if (auto missing = obstacle(gpu, nvml.set_fan_automatic);
      missing && obstacle(gpu, nvml.set_fan_policy)) {
    return std::move(*missing);  // A fan that cannot be given back is not taken.
  }
  const auto count = fan_count(gpu);
  if (count && *count == 0) return cooled_passively(gpu);
  return count;
}

/// What all fans are told, or why there is no such number.
Reading<SetpointValue> present_of(const Gpu& gpu, std::uint32_t count) {
  const char* source = gpu.functions().fan_policy.name;
  std::string all;
  bool differ = false;
  for (std::uint32_t fan = 0; fan < count; ++fan) {
    const auto own = value(gpu, {fan});
    if (!own) return {absence_of(own.error()), source};
    differ = differ || (fan > 0 && *own != all);
    if (fan == 0) all = *own;
  }
  if (differ) {
    return {Absence{ReadingStatus::unsupported, "the fans are not all set alike", ""}, source};
  }
  if (all == kAutomatic) {
    return {Absence{ReadingStatus::unsupported, "the device sets the speed itself", ""}, source};
  }
  const auto speed = knob_number<std::uint32_t>(kFanKnob.name, all.substr(kManual.size()));
  return reading_of(speed, source, [](std::uint32_t percent) { return double(percent); });
}

Result<SetpointState> state(const Gpu& gpu) {
  const auto count = settable_fans(gpu);
  if (!count) return count.error();
  SetpointState found;
  found.present = present_of(gpu, *count);
  found.usual = Absence{ReadingStatus::unsupported, "the device sets the speed itself", ""};
  const auto ends = ask_ends(gpu, kSpeedBounds, gpu.functions().fan_speed_range);
  if (auto filled = fill(found.range, ends); !filled) return filled.error();
  return found;
}

Result<std::vector<KnobWrite>> each_fan(const Gpu& gpu, const std::string& value) {
  const auto count = settable_fans(gpu);
  if (!count) return count.error();
  std::vector<KnobWrite> all;
  for (std::uint32_t fan = 0; fan < *count; ++fan) {
    all.push_back({.knob = std::string(kFanKnob.name) + " " + std::to_string(fan),
                   .value = value,
                   .rank = rank::kFans,
                   .rest = std::string(kAutomatic)});
  }
  return all;
}

Result<std::vector<KnobWrite>> writes(const Gpu& gpu, const SetpointValue& value) {
  return each_fan(gpu, std::string(kManual) + whole(std::get<double>(value)));
}

Result<std::vector<KnobWrite>> default_writes(const Gpu& gpu) {
  return each_fan(gpu, std::string(kAutomatic));
}

}  // namespace

constinit const Setting kFanSetting{&setpoint::fan_percent, state, writes, default_writes};
constinit const Knob kFanKnob{"nvmlDeviceSetFanSpeed_v2", 1, value, step};

}  // namespace accel::nvidia
