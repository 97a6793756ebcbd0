// From what was set through a card's files to what its physics obeys.
#pragma once

#include <array>
#include <string_view>

#include "node.hpp"

namespace accel::sim {

/// power_dpm_force_performance_level (Documentation/gpu/amdgpu/thermal.rst); the position is
/// AmdSettings::level.
inline constexpr std::array<std::string_view, 10> kLevels{"auto",
                                                          "low",
                                                          "high",
                                                          "manual",
                                                          "profile_standard",
                                                          "profile_min_sclk",
                                                          "profile_min_mclk",
                                                          "profile_peak",
                                                          "profile_exit",
                                                          "perf_determinism"};
enum : std::uint32_t {
  kLevelAuto,
  kLevelLow,
  kLevelHigh,
  kLevelManual,
  kLevelStandard,
  kLevelLowestGraphics,
  kLevelLowestMemory,
  kLevelPeak,
  kLevelExit,
  kLevelDeterminism,
};

/// Sets everything to how the driver starts.
void reset_settings(const Node& node, Card& card);

/// Makes the physics follow the settings, at once.
void apply_settings(Node& node, Card& card);

/// Lets time pass until `now`, with a fan that follows its curve where one is set.
void advance_card(Node& node, Card& card, std::int64_t now);

/// What the driver starts with.
ClockRange default_clocks(const Board& board);
FanControl default_fan(const Board& board);

}  // namespace accel::sim
