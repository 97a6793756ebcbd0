// In which order the settings of a GPU are written when several change together.
#pragma once

namespace accel::amd {

// KnobWrite::rank. What a value needs comes before it; what ends another comes before that other:
// an acoustic value ends a fan curve, a performance level ends a choice of clocks.
inline constexpr int kLevelForTable = 10;  ///< auto where it was high or low, manual where needed
inline constexpr int kClockTable = 20;
inline constexpr int kLevelAfterTable = 30;
inline constexpr int kLevelForProfile = 35;
inline constexpr int kProfile = 40;
inline constexpr int kCurveEnds = 45;
inline constexpr int kFanValues = 50;
inline constexpr int kZeroRpm = 52;
inline constexpr int kFan = 54;
inline constexpr int kPowerCap = 60;
inline constexpr int kLevelForLevels = 65;
inline constexpr int kLevelsEnd = 68;
inline constexpr int kLevel = 70;
inline constexpr int kLevels = 80;

}  // namespace accel::amd
