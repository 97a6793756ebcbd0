// power_limit_w: hwmon's power1_cap, in microwatts of which the driver keeps whole watts
// (amdgpu_pm.c, amdgpu_hwmon_set_power_cap).
#include <cmath>

#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

constexpr std::int64_t kMicrowatts = 1'000'000;

double watts(std::int64_t microwatts) {
  return static_cast<double>(microwatts) / static_cast<double>(kMicrowatts);
}

Reading<SetpointValue> reading(const Site& site, std::string_view file) {
  const auto number = site.sensor(file);
  const std::string source = site.sensor_path(file).value_or(std::string(file));
  if (!number) return {absence_of(number.error()), source};
  return {SetpointValue(watts(*number)), source};
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto path = site.sensor_path("power1_cap");
  if (!path) return path.error();
  if (const auto now = site.sensor("power1_cap"); !now) return now.error();
  if (const auto refusal = settings::write_refusal(site.machine(), *path)) return *refusal;
  SetpointState state;
  state.present = reading(site, "power1_cap");
  state.usual = reading(site, "power1_cap_default");
  // 0 stands for no bound that is known, and as a value for the default or the present limit.
  const auto low = site.sensor("power1_cap_min");
  const auto high = site.sensor("power1_cap_max");
  if (low && *low > 0) state.range.min = watts(*low);
  if (high && *high > 0) state.range.max = watts(*high);
  if (!high) state.range.unchecked = high.error().message;
  return state;
}

Result<Writes> writes(const Site& /*site*/, const SetpointRow& row, const SetpointValue& value) {
  const double whole = std::trunc(std::get<double>(value));
  if (whole >= 1) {
    return Writes{{.knob = std::string(kPowerCapKnob),
                   .value = std::to_string(static_cast<std::int64_t>(whole) * kMicrowatts),
                   .rank = kPowerCap}};
  }
  return Error{Errc::invalid_argument,
               "Invalid value for " + std::string(row.name) + ": " + to_text(value) +
                   ": the driver takes whole watts, and 0 for something else",
               "give 1 W at least",
               {}};
}

Result<Writes> usual(const Site& site, const SetpointRow& /*row*/) {
  KnobWrite write{.knob = std::string(kPowerCapKnob), .rank = kPowerCap};
  const auto value = site.sensor("power1_cap_default");
  if (value && *value >= kMicrowatts) {
    write.value = std::to_string(*value);
  } else {
    write.to_original = true;
  }
  return Writes{std::move(write)};
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  const auto number = site.sensor("power1_cap");
  if (!number) return number.error();
  return std::to_string(*number);
}

Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  auto path = site.sensor_path("power1_cap");
  if (!path) return path.error();
  return Calls{{std::move(*path), std::string(value)}};
}

/// The driver cuts what is below a watt.
bool holds(std::string_view written, std::string_view read) {
  const auto wanted = base::parse_integer(written);
  const auto is = base::parse_integer(read);
  return wanted && is && *wanted / kMicrowatts == *is / kMicrowatts;
}

}  // namespace

const Setting kPowerLimit{&setpoint::power_limit_w, state, writes, usual};
const Knob kPowerCapOf{kPowerCapKnob, value, calls, holds};

}  // namespace accel::amd
