// The settings of Intel's devices, each as the functions of its row, and the knobs that they turn.
#pragma once

#include "backends/intel/control/site.hpp"

namespace accel::intel {

using Setting = settings::Setting<Site>;
using Knob = settings::Knob<Site>;

extern const Setting kPowerLimit;
extern const Setting kEngineClock;
extern const Setting kPowerProfile;
extern const Setting kFanPercent;

extern const Knob kPowerLimitOf;
extern const Knob kClockOf;
extern const Knob kProfileOf;
extern const Knob kFanOf;

// KnobWrite::rank. The drivers know no order of their own; limits before what works under them.
inline constexpr int kProfileFirst = 10;
inline constexpr int kClocks = 20;
inline constexpr int kFans = 30;
inline constexpr int kLimits = 40;

}  // namespace accel::intel
