// What one wish comes to, as far as its plan and its writes tell.
#pragma once

#include "accel/control/change.hpp"
#include "control/knob.hpp"

namespace accel {

/// `success` means that it can be done.
[[nodiscard]] SettingOutcome outcome_of(const SettingWish& wish, const Result<SettingPlan>& plan);

/// What a write of it left behind: `verified` as long as every knob holds what was written.
void note_written(SettingOutcome& outcome, const KnobWrite& write, const control::Written& written);

}  // namespace accel
