// What changing settings through the NVML facade takes and answers.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/control/setpoint.hpp"

namespace accel::facade {

/// A number in the unit of the parameter's name (250, 250.7), a span of clocks, true or false, or a
/// word. Implicit, so that a call is written with the plain value.
class NvmlValue {
 public:
  // NOLINTBEGIN(google-explicit-constructor): see above
  template <std::integral Number>
  NvmlValue(Number number) : value_(static_cast<double>(number)) {}
  NvmlValue(double number) : value_(number) {}
  NvmlValue(bool flag) : value_(flag) {}
  NvmlValue(NumberSpan span) : value_(span) {}
  NvmlValue(std::string_view word) : value_(std::string(word)) {}
  NvmlValue(const char* word) : value_(std::string(word)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const SetpointValue& value() const { return value_; }

 private:
  SetpointValue value_;
};

/// What became of one write of apply_setpoint(), or of one setting of reset_to_defaults().
struct NvmlItem {
  std::string name;        ///< "nvmlDeviceSetFanSpeed_v2 0"; "power_limit_w"
  bool success = false;    ///< in a dry run: it is expected to work
  bool skipped = false;    ///< the device does not have it, or it was not reached; `error` says why
  bool verified = false;   ///< read back, and as written
  std::string error = {};  ///< empty on success; the driver's own words stand in it unchanged
  std::string code = {};   ///< "PermissionDenied"
  std::string remedy = {};
  std::vector<std::string> calls = {};
};

/// What both calls answer.
struct NvmlResult {
  bool success = false;
  bool dry_run = true;
  std::string device;  ///< as it was given
  std::string error;   ///< empty on success
  std::string code;    ///< "InvalidArgument"
  std::string remedy;  ///< what would help; empty when there is nothing to do
  std::vector<NvmlItem> items;
};

struct SetpointResult : NvmlResult {
  std::string parameter;
  std::optional<SetpointValue> value;     ///< as it was given
  std::optional<SetpointValue> previous;  ///< absent where the driver does not tell
  /// As the device has it, or in a dry run as it would get it: lowered to one that it takes.
  std::optional<SetpointValue> applied;
  std::optional<SetpointValue> pending;  ///< what holds once the device starts anew
  SetpointRange range;
  bool verified = false;  ///< every write was read back as written
  bool persistent = false;
  bool reboot_required = false;
  std::vector<std::string> calls;     ///< made, or in a dry run those that would be
  std::vector<std::string> warnings;  ///< such as a value that reads back otherwise
  std::vector<std::string> undone;    ///< calls that took back what had been made
};

struct ResetResult : NvmlResult {
  bool complete = false;  ///< no item failed
};

}  // namespace accel::facade
