// A change that is made at once, by the process that asks for it: nothing waits for a confirmation,
// and nothing survives the process.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accel/control/change.hpp"

namespace accel::control {

struct NowOptions {
  bool dry_run = true;
  /// A wish that fails leaves the others as they are, as a reset does; otherwise all or none.
  bool keep_going = false;
};

/// What became of one write.
struct StepReport {
  std::string knob;
  std::string call;
  bool is_made = false;   ///< false: not tried, as in a dry run or after a failure
  bool verified = false;  ///< read back, and as written
  std::optional<Error> error;
};

struct NowReport {
  ChangeReport change;
  std::vector<std::vector<StepReport>> steps;  ///< of each wish
};

/// Plans, writes in the order of ranks, reads back; where a write fails, it and those before it are
/// undone in reverse. On the thread that may use the device. `records`: what this process knows of
/// the device's knobs, kept up to date.
[[nodiscard]] NowReport change_now(Controller& controller, std::span<const SettingWish> wishes,
                                   const NowOptions& options, KnobRecords& records);

}  // namespace accel::control
