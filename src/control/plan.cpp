// Planning: every check that a change has to pass, what it would write, and what that replaces.
#include <algorithm>
#include <memory>
#include <utility>

#include "accel/control/change.hpp"
#include "base/number.hpp"
#include "base/spelling.hpp"
#include "control/plan.hpp"

namespace accel {
namespace {

Error unknown_parameter(const std::string& name) {
  std::vector<std::string_view> names;
  for (const SetpointRow* row : setpoints()) names.push_back(row->name);
  std::string remedy = base::suggestion(name, names);
  if (remedy.empty()) remedy = "`accel help set` lists the settings";
  return {Errc::invalid_argument, "Unknown parameter: " + name, std::move(remedy), {}};
}

std::optional<std::string> present_or_none(const Result<std::string>& present) {
  return present ? std::optional(*present) : std::nullopt;
}

/// A difference, and what it is one to: what was there before accel first wrote the knob.
Result<std::string> added(const KnobWrite& write, const std::optional<std::string>& original) {
  const auto difference = base::parse_integer(std::string_view(write.value).substr(1));
  const auto start = base::parse_integer(original.value_or(""));
  if (difference && start) return std::to_string(*start + *difference);
  return Error{Errc::operation_not_supported,
               write.knob + ": nobody knows to what to add " + write.value,
               "",
               {}};
}

/// No step where there is nothing to go back to: accel has not changed that knob.
Result<std::optional<SettingStep>> step_of(Controller& controller, KnobWrite write,
                                           const KnobRecords& records) {
  const auto known = records.find(write.knob);
  const KnobRecord record = known == records.end() ? KnobRecord{} : known->second;
  if (write.to_original) {
    if (!record.original) return std::optional<SettingStep>();
    write.value = *record.original;
  }
  SettingStep step;
  const auto present = controller.value_of(write.knob);
  if (present) {
    step.previous = *present;
    step.is_readable = true;
  } else if (present.error().code == Errc::operation_not_supported) {
    step.previous = record.last.value_or(write.rest);
  } else {
    return present.error();  // Without it there would be no way back.
  }
  if (write.value.starts_with('+')) {
    auto sum = added(write, record.original ? record.original : present_or_none(present));
    if (!sum) return sum.error();
    write.value = *std::move(sum);
  }
  step.call = controller.call_text(write.knob, write.value);
  step.write = std::move(write);
  return std::optional(std::move(step));
}

Result<SettingPlan> planned(Controller& controller, const SettingWish& wish,
                            const KnobRecords& records) {
  SettingPlan plan;
  plan.row = find_setpoint(wish.parameter);
  if (plan.row == nullptr) return unknown_parameter(wish.parameter);
  auto state = controller.state(*plan.row);
  // What is wrong whatever the device says is told before what the device or its driver lacks.
  if (wish.value) {
    auto admissible = admitted(*plan.row, *wish.value, state ? state->range : SetpointRange{});
    if (!admissible) return admissible.error();
    plan.applied = *std::move(admissible);
  }
  if (!state) return state.error();
  plan.state = *std::move(state);
  plan.value = wish.value;
  if (!wish.value && plan.state.usual) {
    plan.value = *plan.state.usual;
    plan.applied = plan.value;
  }
  auto writes = wish.value ? controller.writes(*plan.row, *plan.applied)
                           : controller.default_writes(*plan.row);
  if (!writes) return writes.error();
  for (KnobWrite& write : *writes) {
    auto step = step_of(controller, std::move(write), records);
    if (!step) return step.error();
    if (*step) plan.steps.push_back(**std::move(step));
  }
  return plan;
}

/// One device's share of the planning. It runs on the device's worker and may outlive the caller.
struct Planning {
  std::vector<SettingWish> wishes;
  KnobRecords records;
  std::vector<Result<SettingPlan>> plans;
};

}  // namespace

std::vector<Result<SettingPlan>> control::plan_with(Controller& controller,
                                                    std::span<const SettingWish> wishes,
                                                    const KnobRecords& records) {
  std::vector<Result<SettingPlan>> plans;
  for (const SettingWish& wish : wishes) plans.push_back(planned(controller, wish, records));
  return plans;
}

std::vector<Result<SettingPlan>> plan_settings(System& system, std::size_t position,
                                               std::span<const SettingWish> wishes,
                                               const KnobRecords& records) {
  auto planning = std::make_shared<Planning>(
      Planning{std::vector<SettingWish>(wishes.begin(), wishes.end()), records, {}});
  const System::ControlWork work{position, [planning](Controller& controller) -> Result<void> {
                                   planning->plans = control::plan_with(
                                       controller, planning->wishes, planning->records);
                                   return {};
                                 }};
  const auto done = system.control({&work, 1});
  if (done[0]) return std::move(planning->plans);
  // A name that is none is wrong on every device.
  std::vector<Result<SettingPlan>> refused;
  for (const SettingWish& wish : wishes) {
    const bool is_known = find_setpoint(wish.parameter) != nullptr;
    refused.emplace_back(is_known ? done[0].error() : unknown_parameter(wish.parameter));
  }
  return refused;
}

}  // namespace accel
