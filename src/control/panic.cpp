// Back to the defaults of every device, at once.
#include <algorithm>
#include <memory>

#include "control/transactions.hpp"

namespace accel::control {
namespace {

/// One device's way back; on its worker, side by side with the others.
struct Retreat {
  ChangeReport report;

  void go(Controller& controller) {
    report.outcomes.clear();
    struct Step {
      KnobWrite write;
      std::size_t outcome;
    };
    std::vector<Step> steps;
    for (const SetpointRow* row : setpoints()) {
      if (row->scope != SetpointScope::tuning) continue;
      const auto state = controller.state(*row);
      if (!state && state.error().code == Errc::operation_not_supported) continue;
      auto writes = controller.default_writes(*row);
      if (!writes) continue;  // Nor can it have been set.
      SettingOutcome outcome;
      if (state) {
        outcome.previous = state->present.optional();
        outcome.applied = state->usual.optional();
      }
      outcome.parameter = row->name;
      outcome.success = true;
      for (KnobWrite& write : *writes) {
        // Without a default of the driver's there is nothing that panic could be sure of.
        if (!write.to_original) steps.push_back({std::move(write), report.outcomes.size()});
      }
      report.outcomes.push_back(std::move(outcome));
    }
    std::ranges::stable_sort(steps, {}, [](const Step& step) { return step.write.rank; });
    for (const Step& step : steps) make(controller, step.write, report.outcomes[step.outcome]);
    std::erase_if(report.outcomes,
                  [](const SettingOutcome& one) { return one.success && one.calls.empty(); });
  }

  static void make(Controller& controller, const KnobWrite& write, SettingOutcome& outcome) {
    outcome.calls.push_back(controller.call_text(write.knob, write.value));
    outcome.verified = holds(controller, write);
    if (outcome.verified) return;
    if (auto done = controller.write(write.knob, write.value); !done) {
      outcome.success = false;
      outcome.error = std::move(done).error();
    }
    outcome.verified = holds(controller, write);
  }
  static bool holds(Controller& controller, const KnobWrite& write) {
    const auto present = controller.value_of(write.knob);
    return present && controller.holds(write.knob, write.value, *present);
  }
};

}  // namespace

std::vector<ChangeReport> Transactions::panic(const Requester& requester) {
  const auto devices = system_.devices();
  std::vector<std::shared_ptr<Retreat>> retreats;
  std::vector<System::ControlWork> work;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    auto retreat = std::make_shared<Retreat>();
    retreat->report.device = devices[i]->uuid;
    retreat->report.dry_run = false;
    work.push_back({i, [retreat](Controller& controller) -> Result<void> {
                      retreat->go(controller);
                      return {};
                    }});
    retreats.push_back(std::move(retreat));
  }
  const auto outcomes = system_.control(work);
  std::vector<ChangeReport> reports;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    ChangeReport report;
    report.device = devices[i]->uuid;
    report.dry_run = false;
    if (outcomes[i]) {
      report = retreats[i]->report;
    } else if (outcomes[i].error().code == Errc::operation_not_supported) {
      continue;  // Nothing could have been set.
    } else {
      SettingOutcome outcome;
      outcome.parameter = "all settings";
      outcome.error = outcomes[i].error();
      report.outcomes.push_back(std::move(outcome));
    }
    for (const SettingOutcome& outcome : report.outcomes) {
      note({system_.machine().clock->wall(), requester, report.device, outcome.parameter, "",
            "default", outcome.success ? "panic: applied" : "panic: " + outcome.error->message});
    }
    reports.push_back(std::move(report));
  }
  // What waited is overtaken: going back to what it had replaced would undo the panic.
  for (const PendingChange& change : pending_) {
    mind(journal_.remove(change.entry.id));
    note_all(change.entry, "overtaken by panic");
  }
  pending_.clear();
  return reports;
}

}  // namespace accel::control
