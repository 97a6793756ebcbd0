// What a change answers: from its plans, before and after it was made.
#include "control/report.hpp"

#include <algorithm>

namespace accel {
namespace {

std::optional<SetpointValue> value_in(const Reading<SetpointValue>& reading) {
  return reading.optional();
}

/// What the plan already knows of the outcome.
SettingOutcome foreseen(const SettingWish& wish, const SettingPlan& plan) {
  SettingOutcome outcome;
  outcome.parameter = wish.parameter;
  outcome.value = plan.value;
  outcome.previous = value_in(plan.state.present);
  outcome.applied = plan.applied;
  outcome.range = plan.state.range;
  outcome.persistent = plan.row->is_persistent();
  outcome.reboot_required = plan.row->is_persistent();
  if (plan.row->is_persistent()) outcome.pending = plan.applied;
  for (const SettingStep& step : plan.steps) outcome.calls.push_back(step.call);
  if (!plan.state.range.unchecked.empty()) {
    outcome.warnings.push_back("the range was not checked: " + plan.state.range.unchecked);
  }
  if (plan.value && plan.applied && *plan.value != *plan.applied) {
    outcome.warnings.push_back("lowered from " + to_text(*plan.value) + " to " +
                               to_text(*plan.applied) + ", the next value that the device takes");
  }
  if (plan.steps.empty()) {
    outcome.warnings.emplace_back("nothing to do: accel has not changed it");
  }
  return outcome;
}

}  // namespace

SettingOutcome outcome_of(const SettingWish& wish, const Result<SettingPlan>& plan) {
  if (plan) {
    SettingOutcome outcome = foreseen(wish, *plan);
    outcome.success = true;
    return outcome;
  }
  SettingOutcome outcome;
  outcome.parameter = wish.parameter;
  outcome.value = wish.value;
  outcome.error = plan.error();
  return outcome;
}

void note_written(SettingOutcome& outcome, const KnobWrite& write,
                  const control::Written& written) {
  outcome.verified = outcome.verified && written.holds;
  if (!written.is_readable) {
    outcome.warnings.push_back(write.knob +
                               ": the driver does not tell what it holds, so it was not read back");
  } else if (!written.holds) {
    outcome.warnings.push_back(write.knob + ": wrote " + write.value + ", reads " +
                               written.read_back);
  }
}

ChangeReport dry_run_report(const std::string& uuid, std::span<const SettingWish> wishes,
                            std::span<const Result<SettingPlan>> plans) {
  ChangeReport report;
  report.device = uuid;
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    report.outcomes.push_back(outcome_of(wishes[i], plans[i]));
  }
  return report;
}

bool ChangeReport::success() const {
  return std::ranges::all_of(outcomes, &SettingOutcome::success);
}

}  // namespace accel
