#include "control/transactions.hpp"

#include <algorithm>
#include <array>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "control/device_knobs.hpp"
#include "control/report.hpp"

namespace accel::control {
namespace {

using std::chrono::nanoseconds;

/// The shortest time between two writes to one knob.
constexpr nanoseconds kRestOfAKnob = std::chrono::seconds(1);

std::string seconds_text(nanoseconds time) {
  // Tenths are enough for people.
  const auto tenths = (std::max(time, nanoseconds(0)).count() + 99'999'999) / 100'000'000;
  return base::number_text(static_cast<double>(tenths) / 10) + " s";
}

std::string text_of(const std::optional<SetpointValue>& value) {
  return value ? to_text(*value) : std::string();
}

/// A step of the change, and the wish it belongs to.
struct OrderedStep {
  const SettingStep* step = nullptr;
  std::size_t wish = 0;
};

Error needs_consent(const SettingPlan& plan) {
  return {Errc::invalid_argument,
          "the device keeps " + std::string(plan.row->name) + " over a reboot",
          "say so with --allow-persistent if that is meant",
          {}};
}

}  // namespace

std::string boot_id(const Machine& machine) {
  return base::Dir(machine.path("/proc/sys/kernel/random")).text("boot_id").value_or("");
}

/// One change on its way.
struct Transactions::Attempt {
  std::size_t position = 0;
  std::vector<SettingWish> wishes;
  std::vector<Result<SettingPlan>> plans;
  std::vector<OrderedStep> steps;
  JournalEntry entry;
  ChangeReport report;
  std::size_t made = 0;  ///< steps that were tried
  bool is_broken = false;

  void fail(std::size_t wish, Error error) {
    report.outcomes[wish].success = false;
    report.outcomes[wish].error = std::move(error);
  }
  void fail_all(const Error& error) {
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      if (report.outcomes[i].success) fail(i, error);
    }
  }
  /// One is refused, so none is made.
  void leave_all() {
    const auto refused = std::ranges::find_if(
        report.outcomes, [](const SettingOutcome& one) { return one.error.has_value(); });
    const Error reason{
        refused->error->code, "not made, since " + refused->parameter + " was refused", "", {}};
    fail_all(reason);
    for (SettingOutcome& outcome : report.outcomes) outcome.calls.clear();
  }
  [[nodiscard]] bool is_wanted(std::size_t wish) const { return report.outcomes[wish].success; }

  void order_steps() {
    for (std::size_t i = 0; i < plans.size(); ++i) {
      if (!plans[i] || !is_wanted(i)) continue;
      for (const SettingStep& step : plans[i]->steps) steps.push_back({&step, i});
    }
    std::ranges::stable_sort(steps, {},
                             [](const OrderedStep& one) { return one.step->write.rank; });
  }
  void write_entry(std::string id, std::string boot) {
    entry.id = std::move(id);
    entry.device = report.device;
    entry.boot = std::move(boot);
    for (std::size_t i = 0; i < plans.size(); ++i) {
      if (!plans[i] || !is_wanted(i) || plans[i]->steps.empty()) continue;
      entry.settings.push_back({wishes[i].parameter, text_of(plans[i]->state.present.optional()),
                                text_of(plans[i]->applied)});
    }
    // A knob that the change writes twice goes back to what the first write left, and then on.
    std::map<std::string_view, std::string_view> left;
    for (const OrderedStep& one : steps) {
      const KnobWrite& write = one.step->write;
      const auto before = left.try_emplace(write.knob, one.step->previous).first;
      entry.steps.push_back(
          {write.knob, std::string(before->second), write.value, write.persistent});
      before->second = write.value;
    }
  }
};

Transactions::Transactions(System& system, Places places)
    : system_(system),
      journal_(std::move(places.journal)),
      knobs_(std::move(places.knobs), accel::control::boot_id(system.machine())),
      audit_(std::move(places.audit)),
      boot_(accel::control::boot_id(system.machine())) {
  if (knobs_.problem()) problems_.push_back(*knobs_.problem());
}

ChangeReport Transactions::apply(std::size_t position, std::span<const SettingWish> wishes,
                                 const ChangeOptions& options) {
  Attempt attempt;
  attempt.position = position;
  attempt.wishes.assign(wishes.begin(), wishes.end());
  const std::string device = system_.devices()[position]->uuid;
  attempt.plans = plan_settings(system_, position, wishes, knobs_.of(device));
  attempt.report = dry_run_report(device, attempt.wishes, attempt.plans);
  attempt.report.dry_run = false;
  for (std::size_t i = 0; i < attempt.plans.size(); ++i) {
    const auto& plan = attempt.plans[i];
    if (plan && plan->row->is_persistent() && !options.allow_persistent && !plan->steps.empty()) {
      attempt.fail(i, needs_consent(*plan));
    }
  }
  if (const auto why = obstacle(attempt)) attempt.fail_all(*why);
  const bool may_go_on = options.keep_going || attempt.report.success();
  if (!may_go_on) attempt.leave_all();
  if (may_go_on) {
    attempt.order_steps();
    attempt.write_entry(new_id(), boot_);
    attempt.entry.begun = system_.machine().clock->wall();
    attempt.entry.requester = options.requester;
  }
  if (may_go_on && !attempt.steps.empty()) make_steps(attempt, options);
  finish(attempt, options);
  return std::move(attempt.report);
}

/// What keeps a change from being begun, whatever it says.
std::optional<Error> Transactions::obstacle(const Attempt& attempt) const {
  const auto now = system_.machine().clock->steady();
  for (const PendingChange& other : pending_) {
    if (other.entry.device != attempt.report.device) continue;
    return Error{
        Errc::unavailable,
        "change " + other.entry.id + " of this device waits for its confirmation (" +
            seconds_text(other.deadline - now) + " left)",
        "`accel confirm " + other.entry.id + "` or `accel revert " + other.entry.id + "` first",
        {}};
  }
  for (const auto& plan : attempt.plans) {
    if (!plan) continue;
    for (const SettingStep& step : plan->steps) {
      const auto last = written_.find({attempt.report.device, step.write.knob});
      if (last == written_.end() || now - last->second >= kRestOfAKnob) continue;
      return Error{Errc::unavailable,
                   step.write.knob + ": it was written less than a second ago",
                   "try again in " + seconds_text(kRestOfAKnob - (now - last->second)),
                   {}};
    }
  }
  return std::nullopt;
}

void Transactions::make_steps(Attempt& attempt, const ChangeOptions& options) {
  if (auto written = journal_.write(attempt.entry); !written) {
    attempt.fail_all(written.error());
    return;
  }
  attempt.report.id = attempt.entry.id;
  for (const OrderedStep& one : attempt.steps) attempt.report.outcomes[one.wish].verified = true;
  for (const OrderedStep& one : attempt.steps) {
    ++attempt.made;
    SettingOutcome& outcome = attempt.report.outcomes[one.wish];
    if (!outcome.success) continue;  // A step of it before has failed, and the others go on.
    auto made = make_step(attempt, *one.step, outcome);
    if (made) continue;
    attempt.fail(one.wish, std::move(made).error());
    if (options.keep_going) continue;
    attempt.is_broken = true;
    break;
  }
}

Result<void> Transactions::make_step(const Attempt& attempt, const SettingStep& step,
                                     SettingOutcome& outcome) {
  written_[{attempt.report.device, step.write.knob}] = system_.machine().clock->steady();
  const auto written = write_knob(system_, attempt.position, {step.write.knob, step.write.value});
  if (!written) return written.error();
  note_written(outcome, step.write, *written);
  return {};
}

/// What the settings are now, in their own terms.
void Transactions::read_settings_back(Attempt& attempt) {
  const auto now =
      plan_settings(system_, attempt.position, attempt.wishes, knobs_.of(attempt.report.device));
  for (std::size_t i = 0; i < now.size(); ++i) {
    SettingOutcome& outcome = attempt.report.outcomes[i];
    if (!outcome.success || !now[i] || outcome.persistent) continue;
    if (now[i]->state.present) outcome.applied = *now[i]->state.present;
  }
}

void Transactions::finish(Attempt& attempt, const ChangeOptions& options) {
  ChangeReport& report = attempt.report;
  const bool was_begun = !report.id.empty();
  if (attempt.is_broken) {
    report.undone = undo(attempt.entry, attempt.made);
    const Error reason{Errc::system_error,
                       "another setting of the change failed, so all were "
                       "taken back",
                       "",
                       {}};
    attempt.fail_all(reason);
    const bool is_restored = std::ranges::none_of(
        report.undone, [](const UndoneStep& step) { return step.error.has_value(); });
    if (is_restored) mind(journal_.remove(attempt.entry.id));
  } else if (was_begun) {
    read_settings_back(attempt);
    if (options.confirm_within.count() == 0) {
      mind(keep(attempt.entry));
    } else {
      const auto now = system_.machine().clock->steady();
      pending_.push_back({attempt.entry, now + options.confirm_within});
      report.confirm_within = options.confirm_within;
    }
  }
  for (std::size_t i = 0; i < report.outcomes.size(); ++i) {
    const SettingOutcome& outcome = report.outcomes[i];
    note({system_.machine().clock->wall(), options.requester, report.device, outcome.parameter,
          text_of(outcome.previous), text_of(outcome.applied ? outcome.applied : outcome.value),
          outcome.success ? "applied" : "refused: " + outcome.error.value_or(Error{}).message});
  }
}

std::vector<UndoneStep> Transactions::undo(const JournalEntry& entry, std::size_t steps) {
  std::vector<UndoneStep> undone;
  const auto position = position_of(system_, entry.device);
  for (std::size_t i = steps; i-- > 0;) {
    const JournalStep& step = entry.steps[i];
    // A reboot has undone what the device does not keep.
    if (!step.persistent && entry.boot != boot_) continue;
    if (!position) {
      undone.push_back({step.knob + " = " + step.previous, position.error()});
      continue;
    }
    const KnobValue back{step.knob, step.previous};
    UndoneStep one{call_text(system_, *position, back), std::nullopt};
    if (auto restored = restore_knob(system_, *position, back); !restored) {
      one.error = std::move(restored).error();
    }
    undone.push_back(std::move(one));
  }
  return undone;
}

/// Past this a change is not taken back any more, whatever happens.
Result<void> Transactions::keep(const JournalEntry& entry) {
  JournalEntry confirmed = entry;
  confirmed.confirmed = true;
  if (auto written = journal_.write(confirmed); !written) return written;
  if (auto kept = knobs_.remember(entry.device, entry.steps); !kept) return kept;
  return journal_.remove(entry.id);
}

ChangeReport Transactions::taken_back(const JournalEntry& entry, std::string_view why) {
  ChangeReport report;
  report.device = entry.device;
  report.id = entry.id;
  report.dry_run = false;
  report.undone = undo(entry, entry.steps.size());
  std::string result = "reverted: " + std::string(why);
  for (const UndoneStep& step : report.undone) {
    if (step.error) result = "not reverted: " + step.error->message;
  }
  const bool is_restored = result.starts_with("reverted");
  if (is_restored) mind(journal_.remove(entry.id));
  note_all(entry, result);
  return report;
}

Result<std::size_t> Transactions::waiting(std::string_view id) const {
  if (id.empty() && !pending_.empty()) return pending_.size() - 1;
  const auto found = std::ranges::find(
      pending_, id, [](const PendingChange& change) { return std::string_view(change.entry.id); });
  if (found != pending_.end()) return static_cast<std::size_t>(found - pending_.begin());
  return Error{Errc::not_found,
               id.empty() ? "no change waits for its confirmation"
                          : "change " + std::string(id) + ": it does not wait for a confirmation",
               "`accel audit list` shows what became of it",
               {}};
}

Result<std::string> Transactions::confirm(std::string_view id) {
  const auto at = waiting(id);
  if (!at) return at.error();
  const JournalEntry entry = pending_[*at].entry;
  if (auto kept = keep(entry); !kept) return kept.error();
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(*at));
  note_all(entry, "confirmed");
  return entry.id;
}

Result<ChangeReport> Transactions::revert(std::string_view id, std::string_view why) {
  const auto at = waiting(id);
  if (!at) return at.error();
  const JournalEntry entry = pending_[*at].entry;
  pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(*at));
  return taken_back(entry, why);
}

std::vector<ChangeReport> Transactions::expire() {
  std::vector<ChangeReport> reports;
  const auto now = system_.machine().clock->steady();
  while (const auto deadline = next_deadline()) {
    if (*deadline > now) break;
    const auto due = std::ranges::find(pending_, *deadline, &PendingChange::deadline);
    const JournalEntry entry = due->entry;
    pending_.erase(due);
    reports.push_back(taken_back(entry, "not confirmed in time"));
  }
  return reports;
}

std::optional<nanoseconds> Transactions::next_deadline() const {
  if (pending_.empty()) return std::nullopt;
  return std::ranges::min_element(pending_, {}, &PendingChange::deadline)->deadline;
}

std::vector<ChangeReport> Transactions::recover() {
  std::vector<ChangeReport> reports;
  auto [entries, problems] = journal_.unfinished();
  problems_.insert(problems_.end(), problems.begin(), problems.end());
  // The newest first: what it replaced may be what an older one wrote.
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->confirmed) {
      mind(keep(*entry));
    } else {
      reports.push_back(taken_back(*entry, "its process had ended before it was confirmed"));
    }
  }
  return reports;
}

void Transactions::note(const AuditEntry& entry) { mind(audit_.add(entry)); }

void Transactions::note_all(const JournalEntry& entry, const std::string& result) {
  for (const JournalSetting& setting : entry.settings) {
    note({system_.machine().clock->wall(), entry.requester, entry.device, setting.parameter,
          setting.previous, setting.value, result});
  }
}

void Transactions::mind(Result<void> outcome) {
  if (!outcome) problems_.push_back(std::move(outcome).error());
}

std::string Transactions::new_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 6> id{};
  for (char& c : id) c = kDigits[random_() % kDigits.size()];
  return {id.data(), id.size()};
}

}  // namespace accel::control
