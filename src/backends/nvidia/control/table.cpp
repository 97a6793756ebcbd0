// Every setting that NVML has, and every function of it that sets one.
#include <cmath>
#include <limits>

#include "backends/nvidia/control/setting.hpp"
#include "base/number.hpp"

namespace accel::nvidia {

std::span<const Setting> settings() {
  static const std::array all{kPowerSetting,        kGraphicsClockSetting, kMemoryClockSetting,
                              kFanSetting,          kTemperatureSetting,   kGraphicsOffsetSetting,
                              kMemoryOffsetSetting, kPersistenceSetting,   kComputeSetting,
                              kEccSetting};
  return all;
}

std::span<const Knob> knobs() {
  static const std::array all{
      kPowerKnob,        kGraphicsLockKnob, kMemoryLockKnob, kApplicationClockKnob,
      kFanKnob,          kTemperatureKnob,  kOffsetKnob,     kGraphicsOffsetKnob,
      kMemoryOffsetKnob, kPersistenceKnob,  kComputeKnob,    kEccKnob};
  return all;
}

Error no_value_of(std::string_view knob, std::string_view value) {
  return {Errc::invalid_argument,
          std::string(knob) + ": '" + std::string(value) + "' is no value of it",
          "",
          {}};
}

namespace {

template <class Number>
Result<Number> parsed(std::string_view knob, std::string_view text) {
  const auto number = base::parse_integer(text);
  if (!number || *number < std::numeric_limits<Number>::min() ||
      *number > std::numeric_limits<Number>::max()) {
    return no_value_of(knob, text);
  }
  return static_cast<Number>(*number);
}

}  // namespace

template <>
Result<std::uint32_t> knob_number(std::string_view knob, std::string_view text) {
  return parsed<std::uint32_t>(knob, text);
}
template <>
Result<std::int32_t> knob_number(std::string_view knob, std::string_view text) {
  return parsed<std::int32_t>(knob, text);
}

std::string whole(double number) {
  return std::to_string(static_cast<std::int64_t>(std::trunc(number)));
}

}  // namespace accel::nvidia
