// What an administrator may set on a device: the settings as rows to walk, and their values.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accel/control/fan_curve.hpp"
#include "accel/result.hpp"

namespace accel {

enum class SetpointKind { number, span, flag, word, curve };
/// What it is about, which decides when it is changed: see setpoints.inc.
enum class SetpointScope { tuning, policy, persistent };
enum class SetpointUnit { none, watts, megahertz, percent, celsius, rpm, milliseconds };

/// One row of setpoints.inc. All texts live as long as the program.
struct SetpointRow {
  std::size_t order;  ///< position in the table
  std::string_view name;
  SetpointKind kind;
  SetpointUnit unit;
  SetpointScope scope;
  std::string_view help;

  /// Whether the device keeps it over a reboot.
  [[nodiscard]] constexpr bool is_persistent() const { return scope == SetpointScope::persistent; }
};

namespace setpoint {

enum class Order : std::size_t {
#define ACCEL_SETPOINT(name, kind, unit, scope, help) name,
#include "accel/control/setpoints.inc"
#undef ACCEL_SETPOINT
};

#define ACCEL_SETPOINT(name, kind, unit, scope, help)                      \
  inline constexpr SetpointRow name{static_cast<std::size_t>(Order::name), \
                                    #name,                                 \
                                    SetpointKind::kind,                    \
                                    SetpointUnit::unit,                    \
                                    SetpointScope::scope,                  \
                                    help};
#include "accel/control/setpoints.inc"
#undef ACCEL_SETPOINT

}  // namespace setpoint

[[nodiscard]] std::span<const SetpointRow* const> setpoints();
/// Null for a name that is none.
[[nodiscard]] const SetpointRow* find_setpoint(std::string_view name);

/// From one number to another, both included.
struct NumberSpan {
  double low = 0;
  double high = 0;
  friend bool operator==(const NumberSpan&, const NumberSpan&) = default;
};

/// In the unit that the setting's name carries. A span whose ends are one value is a double.
using SetpointValue = std::variant<double, NumberSpan, bool, std::string, FanCurve>;

/// "250.7", "1200..1500", "true", "compute", "30:20 60:50": as parse_setpoint_value() takes it.
[[nodiscard]] std::string to_text(const SetpointValue& value);

/// The value that a text means for a setting: a number with or without its unit ("250", "250W"),
/// low..high, true|false|on|off|yes|no|1|0, a word, points as celsius:percent. invalid_argument
/// for anything else, NaN and infinities included.
[[nodiscard]] Result<SetpointValue> parse_setpoint_value(const SetpointRow& row,
                                                         std::string_view text);

/// What a device takes for a setting.
struct SetpointRange {
  std::optional<double> min;
  std::optional<double> max;
  /// The only numbers it takes, rising; a value between two is lowered. Empty: any.
  std::vector<double> steps;
  /// The only words it takes.
  std::vector<std::string> words;
  /// Why nothing is known of the range; a value is then given to the driver unchecked.
  std::string unchecked;
};

/// `row`'s value as the device will get it: lowered to a step. invalid_argument,
/// `Invalid value for power_limit_w: 99 (allowed 100..300)`, for one that it does not take, or
/// that is of another kind.
[[nodiscard]] Result<SetpointValue> admitted(const SetpointRow& row, const SetpointValue& value,
                                             const SetpointRange& range);

}  // namespace accel
