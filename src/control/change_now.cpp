#include "control/change_now.hpp"

#include <algorithm>
#include <utility>

#include "control/plan.hpp"
#include "control/report.hpp"

namespace accel::control {
namespace {

/// One change on its way.
class Change {
 public:
  Change(Controller& controller, std::span<const SettingWish> wishes, KnobRecords& records)
      : controller_(controller), records_(records), plans_(plan_with(controller, wishes, records)) {
    report_.change = dry_run_report("", wishes, plans_);
    for (const auto& plan : plans_) {
      auto& own = report_.steps.emplace_back();
      if (!plan) continue;
      for (const SettingStep& step : plan->steps) {
        own.push_back({step.write.knob, step.call, false, false, std::nullopt});
      }
    }
  }

  void make(bool keep_going) {
    report_.change.dry_run = false;
    if (!keep_going && !report_.change.success()) return;
    for (const Place& place : ordered()) {
      if (!outcome(place).success) continue;  // A write of it before has failed.
      if (auto made = make_step(place); made || keep_going) continue;
      undo();
      return;
    }
    for (std::size_t wish = 0; wish < plans_.size(); ++wish) read_back(wish);
  }
  [[nodiscard]] NowReport take() { return std::move(report_); }

 private:
  /// A step of a wish.
  struct Place {
    std::size_t wish;
    std::size_t step;
  };

  [[nodiscard]] const SettingStep& step(const Place& place) const {
    return plans_[place.wish]->steps[place.step];
  }
  [[nodiscard]] SettingOutcome& outcome(const Place& place) {
    return report_.change.outcomes[place.wish];
  }

  [[nodiscard]] std::vector<Place> ordered() const {
    std::vector<Place> all;
    for (std::size_t wish = 0; wish < plans_.size(); ++wish) {
      if (!plans_[wish]) continue;
      for (std::size_t i = 0; i < plans_[wish]->steps.size(); ++i) all.push_back({wish, i});
    }
    std::ranges::stable_sort(all, {},
                             [this](const Place& place) { return step(place).write.rank; });
    return all;
  }

  Result<void> make_step(const Place& place) {
    const SettingStep& wanted = step(place);
    StepReport& own = report_.steps[place.wish][place.step];
    if (place.step == 0) outcome(place).verified = true;
    own.is_made = true;
    made_.push_back(place);
    const auto written = write_knob(controller_, {wanted.write.knob, wanted.write.value});
    if (!written) {
      own.error = written.error();
      outcome(place).success = outcome(place).verified = false;
      outcome(place).error = written.error();
      return written.error();
    }
    own.verified = written->holds;
    note_written(outcome(place), wanted.write, *written);
    KnobRecord& record = records_[wanted.write.knob];
    record.last = wanted.write.value;
    if (!record.original) record.original = wanted.previous;
    return {};
  }

  /// The one that failed is looked at as well. Where it cannot be read it is left alone: a driver
  /// that refuses has changed nothing, and going to rest might undo what another program set.
  void undo() {
    if (!step(made_.back()).is_readable) made_.pop_back();
    for (auto place = made_.rbegin(); place != made_.rend(); ++place) {
      const KnobValue back{step(*place).write.knob, step(*place).previous};
      UndoneStep one{controller_.call_text(back.knob, back.value), std::nullopt};
      if (auto restored = restore_knob(controller_, back); restored) {
        records_[back.knob].last = back.value;
      } else {
        one.error = std::move(restored).error();
      }
      report_.change.undone.push_back(std::move(one));
    }
    for (SettingOutcome& each : report_.change.outcomes) {
      if (!std::exchange(each.success, false)) continue;
      each.verified = false;
      each.error = Error{Errc::system_error,
                         "another setting of the change failed, so all were taken back",
                         "",
                         {}};
    }
  }

  /// What the setting is now, in its own terms.
  void read_back(std::size_t wish) {
    SettingOutcome& own = report_.change.outcomes[wish];
    if (!own.success || plans_[wish]->steps.empty()) return;
    const auto now = controller_.state(*plans_[wish]->row);
    if (!now) return;
    if (now->pending) own.pending = *now->pending;
    if (now->present && !own.persistent) own.applied = *now->present;
  }

  Controller& controller_;
  KnobRecords& records_;
  std::vector<Result<SettingPlan>> plans_;
  NowReport report_;
  std::vector<Place> made_;
};

}  // namespace

NowReport change_now(Controller& controller, std::span<const SettingWish> wishes,
                     const NowOptions& options, KnobRecords& records) {
  Change change(controller, wishes, records);
  if (!options.dry_run) change.make(options.keep_going);
  return change.take();
}

}  // namespace accel::control
