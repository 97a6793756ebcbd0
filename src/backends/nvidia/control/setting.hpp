// What the table of settings and the table of knobs are made of.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/control/controller.hpp"
#include "backends/nvidia/control/step.hpp"

namespace accel::nvidia {

/// A setting of the core's table, as this vendor has it.
struct Setting {
  const SetpointRow* row;
  Result<SetpointState> (*state)(const Gpu& gpu);
  Result<std::vector<KnobWrite>> (*writes)(const Gpu& gpu, const SetpointValue& value);
  Result<std::vector<KnobWrite>> (*default_writes)(const Gpu& gpu);
};

/// The numbers behind a knob's name: of a fan, of a performance state.
using KnobNumbers = std::array<std::uint32_t, 2>;

/// One function of the library that sets something, named as exported.
struct Knob {
  std::string_view name;
  std::size_t count;  ///< of numbers behind the name
  Result<std::string> (*value)(const Gpu& gpu, const KnobNumbers& numbers);
  /// Of a text that value() could give. May ask; changes nothing before it is made.
  Result<Step> (*step)(const Gpu& gpu, const KnobNumbers& numbers, std::string_view value);
};

[[nodiscard]] std::span<const Setting> settings();
[[nodiscard]] std::span<const Knob> knobs();

/// What is written first when several settings change together: without persistence the driver
/// would forget the rest when its last user goes; cooling comes before power and power before
/// clocks, so that no state in between is hotter than both ends.
namespace rank {
inline constexpr int kPersistence = 0;
inline constexpr int kFans = 1;
inline constexpr int kTemperature = 2;
inline constexpr int kPower = 3;
inline constexpr int kClocks = 4;
inline constexpr int kOffsets = 5;
inline constexpr int kModes = 6;
}  // namespace rank

/// The error of a text that is no value of a knob.
[[nodiscard]] Error no_value_of(std::string_view knob, std::string_view value);
/// The whole text as an integer that fits `Number`.
template <class Number>
Result<Number> knob_number(std::string_view knob, std::string_view text);
template <>
Result<std::uint32_t> knob_number(std::string_view knob, std::string_view text);
template <>
Result<std::int32_t> knob_number(std::string_view knob, std::string_view text);

/// Whole units of what was asked for, cut off.
[[nodiscard]] std::string whole(double number);

// By topic: the settings, and the knobs that they turn.
extern const Setting kPowerSetting, kFanSetting, kTemperatureSetting, kGraphicsClockSetting,
    kMemoryClockSetting, kGraphicsOffsetSetting, kMemoryOffsetSetting, kPersistenceSetting,
    kComputeSetting, kEccSetting;
extern const Knob kPowerKnob, kFanKnob, kTemperatureKnob, kGraphicsLockKnob, kMemoryLockKnob,
    kApplicationClockKnob, kOffsetKnob, kGraphicsOffsetKnob, kMemoryOffsetKnob, kPersistenceKnob,
    kComputeKnob, kEccKnob;

}  // namespace accel::nvidia
