// Figures and texts of amdgpu that more than one of its files shows.
#pragma once

#include <cstdint>

#include "card_view.hpp"

namespace accel::sim {

std::int64_t memory_used(const CardView& view);
std::int64_t rpm(const CardView& view);
std::int64_t millivolts(const CardView& view);

/// pp_dpm_*, pp_od_clk_voltage, pp_power_profile_mode, gpu_od/fan_ctrl, current_*_partition.
void amdgpu_tables(const CardView& view, FileSink& sink);

/// The names of the power profiles, by their numbers (enum PP_SMC_POWER_PROFILE).
inline constexpr const char* kProfiles[] = {
    "BOOTUP_DEFAULT", "3D_FULL_SCREEN", "POWER_SAVING", "VIDEO", "VR",
    "COMPUTE",        "CUSTOM",         "WINDOW_3D"};
inline constexpr std::uint32_t kCustomProfile = 6;

/// current_compute_partition and current_memory_partition, by their positions in AmdSettings.
inline constexpr const char* kComputePartitions[] = {"SPX", "DPX", "QPX", "CPX"};
inline constexpr std::uint32_t kPartitionCounts[] = {1, 2, 4, 8};
inline constexpr const char* kMemoryPartitions[] = {"NPS1", "NPS2", "NPS4", "NPS8"};

/// What pp_od_clk_voltage takes.
struct OverdriveLimits {
  std::int32_t graphics_low;  ///< MHz
  std::int32_t graphics_high;
  std::int32_t memory_low;
  std::int32_t memory_high;
  std::int32_t voltage_low;  ///< mV
  std::int32_t voltage_high;
};
OverdriveLimits overdrive_limits(const Board& board);

// What fan_curve takes, as on an RX 7900 XTX.
inline constexpr std::int32_t kCurveColdest = 25;  ///< °C
inline constexpr std::int32_t kCurveHottest = 100;
inline constexpr std::int32_t kCurveSlowest = 15;  ///< %

/// A file of gpu_od/fan_ctrl that holds one number.
struct FanValue {
  const char* name;
  const char* header;
  const char* range;
  std::int32_t FanControl::*field;
  std::int32_t (*low)(const Board& board);
  std::int32_t (*high)(const Board& board);
};

// clang-format off
inline constexpr FanValue kFanValues[] = {
    {"acoustic_limit_rpm_threshold", "OD_ACOUSTIC_LIMIT", "ACOUSTIC_LIMIT", &FanControl::acoustic_limit,
     [](const Board&) { return 500; }, [](const Board& b) { return static_cast<std::int32_t>(b.fan.max_rpm); }},
    {"acoustic_target_rpm_threshold", "OD_ACOUSTIC_TARGET", "ACOUSTIC_TARGET", &FanControl::acoustic_target,
     [](const Board&) { return 500; }, [](const Board& b) { return static_cast<std::int32_t>(b.fan.max_rpm); }},
    {"fan_target_temperature", "FAN_TARGET_TEMPERATURE", "TARGET_TEMPERATURE", &FanControl::target_temperature,
     [](const Board&) { return 25; }, [](const Board& b) { return b.thermal.shutdown; }},
    {"fan_minimum_pwm", "FAN_MINIMUM_PWM", "MINIMUM_PWM", &FanControl::minimum_pwm,
     [](const Board&) { return 15; }, [](const Board&) { return 100; }},
    {"fan_zero_rpm_enable", "FAN_ZERO_RPM_ENABLE", "ZERO_RPM_ENABLE", &FanControl::zero_rpm,
     [](const Board&) { return 0; }, [](const Board&) { return 1; }},
};
// clang-format on

}  // namespace accel::sim
