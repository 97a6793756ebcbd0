// What one wish comes to, as far as its plan tells.
#pragma once

#include "accel/control/change.hpp"

namespace accel {

/// `success` means that it can be done.
[[nodiscard]] SettingOutcome outcome_of(const SettingWish& wish, const Result<SettingPlan>& plan);

}  // namespace accel
