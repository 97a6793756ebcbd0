// How a device is changed: what a vendor implements so that settings can be planned, made, read
// back and undone, by this process or by one that comes after it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/control/setpoint.hpp"
#include "accel/reading.hpp"
#include "accel/result.hpp"

namespace accel {

/// How a setting stands.
struct SetpointState {
  /// What is set now; for ecc_enabled the mode that is in effect. Absent with the reason where the
  /// driver does not tell (locked clocks of NVIDIA).
  Reading<SetpointValue> present;
  /// What takes effect when the device starts anew; absent for settings that act at once.
  Reading<SetpointValue> pending;
  /// What a reset sets; absent where the driver has no default of its own.
  Reading<SetpointValue> usual;
  SetpointRange range;
};

/// A value for one knob: the smallest thing that a driver takes, a file of its or a function of its
/// library. Text, so that a journal can hold it and another process can make or undo it.
struct KnobWrite {
  /// In the vendor's words, with what tells several apart: "nvmlDeviceSetFanSpeed_v2 0",
  /// "hwmon/power1_cap". Stable over processes, releases and reboots.
  std::string knob;
  /// As value_of() would tell it: "250000". "+9": so much more than accel found there at first.
  std::string value;
  /// The vendor's safe order when several settings change together: lower ones are written first,
  /// equal ones in the order given.
  int rank = 0;
  /// The device keeps it over a reboot.
  bool persistent = false;
  /// What to go back to where the driver does not tell the present value and accel has not set it.
  std::string rest = {};
  /// The driver has no default: go back to what was there before accel first wrote it. `value` is
  /// then empty, and filled in by who knows.
  bool to_original = false;
};

/// One thread at a time, like its device. Reads ask the driver anew. Nothing here checks a value
/// against a range: admitted() has done so.
class Controller {
 public:
  virtual ~Controller() = default;

  /// Reads only. operation_not_supported with the reason for a setting that this device, its
  /// driver or its library does not have; permission_denied where this process could not write it
  /// (with what is missing), so that a dry run fails as the real one would.
  [[nodiscard]] virtual Result<SetpointState> state(const SetpointRow& row) = 0;

  /// What has to be written for `value`, in order. No side effects; may read.
  [[nodiscard]] virtual Result<std::vector<KnobWrite>> writes(const SetpointRow& row,
                                                              const SetpointValue& value) = 0;
  /// The same for going back to the driver's own default.
  [[nodiscard]] virtual Result<std::vector<KnobWrite>> default_writes(const SetpointRow& row) = 0;

  /// The present value of a knob, as a write of it would be. operation_not_supported where the
  /// driver does not tell.
  [[nodiscard]] virtual Result<std::string> value_of(std::string_view knob) = 0;
  /// Gives one value to the driver. Its own words stand in the error unchanged.
  [[nodiscard]] virtual Result<void> write(std::string_view knob, std::string_view value) = 0;
  /// Whether a knob that reads `read` holds what was `written`; drivers round.
  [[nodiscard]] virtual bool holds(std::string_view knob, std::string_view written,
                                   std::string_view read) const {
    static_cast<void>(knob);
    return written == read;
  }
  /// The call as a person could repeat it: "nvmlDeviceSetPowerManagementLimit(250000)",
  /// "echo 250000000 > /sys/class/.../power1_cap".
  [[nodiscard]] virtual std::string call_text(std::string_view knob,
                                              std::string_view value) const = 0;
};

}  // namespace accel
