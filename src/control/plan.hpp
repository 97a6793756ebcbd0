// Planning for a device that is at hand, without a System around it.
#pragma once

#include <span>
#include <vector>

#include "accel/control/change.hpp"

namespace accel::control {

/// As plan_settings(). On the thread that may use the device.
[[nodiscard]] std::vector<Result<SettingPlan>> plan_with(Controller& controller,
                                                         std::span<const SettingWish> wishes,
                                                         const KnobRecords& records);

}  // namespace accel::control
