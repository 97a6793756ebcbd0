// Changes of settings that can be gone back from: planned, journaled, made, read back, and kept
// only once they are confirmed.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "accel/control/change.hpp"
#include "control/audit_log.hpp"
#include "control/journal.hpp"
#include "control/knob_store.hpp"

namespace accel::control {

/// Where a machine's control keeps what must outlive its process.
struct Places {
  std::filesystem::path journal;  ///< directory
  std::filesystem::path knobs;
  std::filesystem::path audit;
};

struct ChangeOptions {
  /// Zero: confirmed at once.
  std::chrono::nanoseconds confirm_within = std::chrono::seconds(30);
  bool allow_persistent = false;
  /// A wish that fails leaves the others as they are, as a reset does; otherwise all or none.
  bool keep_going = false;
  Requester requester;
};

/// A change that waits for its confirmation.
struct PendingChange {
  JournalEntry entry;
  std::chrono::nanoseconds deadline{};  ///< steady clock
};

/// One thread at a time. The System may discover anew between two calls.
class Transactions {
 public:
  Transactions(System& system, Places places);

  /// Takes back what a process before this one began and nobody confirmed. To be called once,
  /// before anything else. A report a change; what could not be taken back stays in the journal.
  [[nodiscard]] std::vector<ChangeReport> recover();

  /// `unavailable` in an outcome: another change of the device waits for its confirmation, or one
  /// of its knobs was written within the last second.
  [[nodiscard]] ChangeReport apply(std::size_t position, std::span<const SettingWish> wishes,
                                   const ChangeOptions& options);

  /// Keeps a change; the newest one for an empty id. not_found where it does not wait.
  [[nodiscard]] Result<std::string> confirm(std::string_view id);
  /// Takes a change back; the newest one for an empty id.
  [[nodiscard]] Result<ChangeReport> revert(std::string_view id, std::string_view why);
  /// Takes back every change whose time is up.
  [[nodiscard]] std::vector<ChangeReport> expire();

  /// Every device's defaults, at once, whatever waits: no confirmation, no limit of rate. What the
  /// device keeps over a reboot is left alone.
  [[nodiscard]] std::vector<ChangeReport> panic(const Requester& requester);

  /// Oldest first.
  [[nodiscard]] const std::vector<PendingChange>& pending() const { return pending_; }
  /// The first deadline; none where nothing waits.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_deadline() const;
  /// What a planner may know of a device's knobs.
  [[nodiscard]] const KnobRecords& records(const std::string& device) const {
    return knobs_.of(device);
  }
  /// What went wrong with what is kept, apart from any change.
  [[nodiscard]] std::vector<Error> take_problems() { return std::exchange(problems_, {}); }

 private:
  struct Attempt;

  [[nodiscard]] std::optional<Error> obstacle(const Attempt& attempt) const;
  void make_steps(Attempt& attempt, const ChangeOptions& options);
  [[nodiscard]] Result<void> make_step(const Attempt& attempt, const SettingStep& step,
                                       SettingOutcome& outcome);
  void read_settings_back(Attempt& attempt);
  void finish(Attempt& attempt, const ChangeOptions& options);
  [[nodiscard]] std::vector<UndoneStep> undo(const JournalEntry& entry, std::size_t steps);
  [[nodiscard]] Result<void> keep(const JournalEntry& entry);
  [[nodiscard]] ChangeReport taken_back(const JournalEntry& entry, std::string_view why);
  [[nodiscard]] Result<std::size_t> waiting(std::string_view id) const;
  void note(const AuditEntry& entry);
  void note_all(const JournalEntry& entry, const std::string& result);
  void mind(Result<void> outcome);
  [[nodiscard]] std::string new_id();

  System& system_;
  Journal journal_;
  KnobStore knobs_;
  AuditLog audit_;
  std::string boot_;
  std::vector<PendingChange> pending_;
  /// When each device's knob was last written for somebody, on the steady clock.
  std::map<std::pair<std::string, std::string>, std::chrono::nanoseconds> written_;
  std::vector<Error> problems_;
  std::random_device random_;
};

/// What tells one run of the kernel from another; empty where the machine does not tell.
[[nodiscard]] std::string boot_id(const Machine& machine);

}  // namespace accel::control
