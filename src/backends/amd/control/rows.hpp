// The settings of a GPU, each as the functions of its row, and the knobs that they turn.
#pragma once

#include <string_view>

#include "backends/amd/control/site.hpp"

namespace accel::amd {

using Setting = settings::Setting<Site>;
using Knob = settings::Knob<Site>;

// Names of knobs; those of the driver's files where there is one file.
inline constexpr std::string_view kPowerCapKnob = "hwmon/power1_cap";
inline constexpr std::string_view kFanKnob = "hwmon/pwm1";
inline constexpr std::string_view kLevelFile = "power_dpm_force_performance_level";
inline constexpr std::string_view kProfileFile = "pp_power_profile_mode";
inline constexpr std::string_view kClockTableFile = "pp_od_clk_voltage";
inline constexpr std::string_view kGraphicsLevels = "pp_dpm_sclk";
inline constexpr std::string_view kMemoryLevels = "pp_dpm_mclk";
inline constexpr std::string_view kCurveFile = "gpu_od/fan_ctrl/fan_curve";
inline constexpr std::string_view kZeroRpmFile = "gpu_od/fan_ctrl/fan_zero_rpm_enable";

extern const Setting kPowerLimit;
extern const Setting kGraphicsClock;
extern const Setting kMemoryClock;
extern const Setting kGraphicsOffset;
extern const Setting kMemoryOffset;
extern const Setting kPerformanceLevel;
extern const Setting kPowerProfile;
extern const Setting kFanPercent;
extern const Setting kFanCurve;
extern const Setting kFanZeroRpm;
extern const Setting kFanMinimum;
extern const Setting kAcousticLimit;
extern const Setting kAcousticTarget;
extern const Setting kTemperatureTarget;

extern const Knob kPowerCapOf;
extern const Knob kLevelOf;
extern const Knob kProfileOf;
extern const Knob kTableRowOf;
extern const Knob kGraphicsLevelsOf;
extern const Knob kMemoryLevelsOf;
extern const Knob kFanOf;
extern const Knob kCurveOf;
extern const Knob kZeroRpmOf;
extern const Knob kFanMinimumOf;
extern const Knob kAcousticLimitOf;
extern const Knob kAcousticTargetOf;
extern const Knob kTemperatureTargetOf;

}  // namespace accel::amd
