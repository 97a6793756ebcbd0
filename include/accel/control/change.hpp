// A change of a device's settings: what it would do, and what became of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/control/controller.hpp"
#include "accel/control/setpoint.hpp"
#include "accel/system.hpp"

namespace accel {

/// A setting that somebody wants to have another value.
struct SettingWish {
  std::string parameter;               ///< "power_limit_w", as it was written
  std::optional<SetpointValue> value;  ///< absent: the device's own default
};

/// A write, and what it replaces.
struct SettingStep {
  KnobWrite write;
  std::string previous;      ///< what undoing it writes
  bool is_readable = false;  ///< the driver tells what the knob holds
  std::string call;          ///< as a person could repeat it
};

/// What fulfilling one wish takes. The steps of a whole change are made in the order of their
/// ranks.
struct SettingPlan {
  const SetpointRow* row = nullptr;
  std::optional<SetpointValue> value;    ///< as it was wished; absent for a default nobody can tell
  std::optional<SetpointValue> applied;  ///< as the device gets it
  SetpointState state;                   ///< before the change
  std::vector<SettingStep> steps;
};

/// What accel remembers of a knob, for one whose driver does not tell, or has no default.
struct KnobRecord {
  std::optional<std::string> last;      ///< what accel wrote last, in this run of the machine
  std::optional<std::string> original;  ///< what was there before accel first wrote it
};
/// Those of one device, by the knob's name.
using KnobRecords = std::map<std::string, KnobRecord, std::less<>>;

/// A result per wish, in their order. Checks in this order: the device answers, the parameter's
/// name, the kind of its value, its range, the permission to write. Reads only.
[[nodiscard]] std::vector<Result<SettingPlan>> plan_settings(System& system, std::size_t position,
                                                             std::span<const SettingWish> wishes,
                                                             const KnobRecords& records);

/// What became of one wish.
struct SettingOutcome {
  std::string parameter;
  std::optional<SetpointValue> value;     ///< as it was wished
  std::optional<SetpointValue> previous;  ///< absent where the driver does not tell
  std::optional<SetpointValue> applied;   ///< as the device got it
  std::optional<SetpointValue> pending;   ///< what holds once the device starts anew
  SetpointRange range;
  bool success = false;
  bool verified = false;  ///< read back, and as written
  bool persistent = false;
  bool reboot_required = false;
  std::vector<std::string> calls;     ///< made, or in a dry run those that would be
  std::vector<std::string> warnings;  ///< such as a value that reads back otherwise
  std::optional<Error> error;
};

/// A step that was taken back.
struct UndoneStep {
  std::string call;
  std::optional<Error> error;  ///< it could not be
};

struct ChangeReport {
  std::string device;  ///< uuid
  std::string id;      ///< empty in a dry run, and where nothing was changed
  bool dry_run = true;
  std::vector<SettingOutcome> outcomes;
  std::vector<UndoneStep> undone;  ///< in the order in which they were
  /// Time left to confirm the change; absent where there is nothing to confirm.
  std::optional<std::chrono::nanoseconds> confirm_within;

  [[nodiscard]] bool success() const;
};

/// What a dry run answers. `uuid` names the device, `wishes` and `plans` belong together.
[[nodiscard]] ChangeReport dry_run_report(const std::string& uuid,
                                          std::span<const SettingWish> wishes,
                                          std::span<const Result<SettingPlan>> plans);

}  // namespace accel
