// fan_percent: a fixed speed, by a flat curve where the firmware takes curves (RDNA 3 and newer),
// else by hwmon's pwm1. It knows no other curve.
#include <cmath>
#include <cstdlib>

#include "backends/amd/control/curve.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/overdrive_bit.hpp"
#include "backends/amd/control/rows.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

constexpr std::string_view kAutomatic = "automatic";
constexpr std::string_view kUncontrolled = "uncontrolled";
constexpr std::int64_t kFull = 255;
/// The driver counts in steps of its own and does not read back what was written.
constexpr std::int64_t kRounding = 3;

// pwm1_enable (Documentation/gpu/amdgpu/thermal.rst).
constexpr std::int64_t kManualMode = 1;
constexpr std::int64_t kAutomaticMode = 2;

std::int64_t duty(double percent) {
  return std::llround(percent * static_cast<double>(kFull) / 100.0);
}

double percent_of(std::int64_t duty) {
  return std::round(static_cast<double>(duty) * 100.0 / static_cast<double>(kFull));
}

/// With the bit off, an RDNA 4 card has a duty to read and nothing to set.
Error no_fan_control(const Site& site, const Error& why) {
  if (site.is_integrated() || !site.sensor("pwm1")) return why;
  const Error locked = overdrive_refusal(site, kCurveFile);
  return locked.code == Errc::permission_denied ? locked : why;
}

Result<SetpointState> duty_state(const Site& site) {
  const auto mode = site.sensor("pwm1_enable");
  if (!mode) return no_fan_control(site, mode.error());
  for (const std::string_view file : {"pwm1_enable", "pwm1"}) {
    const auto path = site.sensor_path(file);
    if (!path) return path.error();
    if (const auto refusal = settings::write_refusal(site.machine(), *path)) return *refusal;
  }
  const auto now = site.sensor("pwm1");
  if (!now) return now.error();
  const std::string source = site.sensor_path("pwm1_enable").value_or("pwm1_enable");
  SetpointState state;
  state.present = *mode == kManualMode
                      ? Reading<SetpointValue>(SetpointValue(percent_of(*now)), source)
                      : untold(source + " is " + std::to_string(*mode) + ", not manual", source);
  const auto low = site.sensor("pwm1_min");
  const auto high = site.sensor("pwm1_max");
  state.range.min = low ? percent_of(*low) : 0.0;
  state.range.max = high ? percent_of(*high) : 100.0;
  return state;
}

Result<SetpointState> curve_state(const Site& site, const FirmwareCurve& curve) {
  if (const auto refusal = site.write_refusal({kCurveFile})) return *refusal;
  const std::string source = site.device().source(kCurveFile);
  SetpointState state;
  const auto flat = curve.flat_percent();
  state.present = flat ? Reading<SetpointValue>(SetpointValue(static_cast<double>(*flat)), source)
                       : untold(source + " holds no fixed speed", source);
  state.range.min = 0;
  state.range.max = static_cast<double>(curve.percents.high);
  return state;
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  auto state = Result<SetpointState>(SetpointState{});
  if (site.has(kCurveFile)) {
    const auto curve = firmware_curve(site);
    state = curve ? curve_state(site, *curve) : Result<SetpointState>(curve.error());
  } else {
    state = duty_state(site);
  }
  if (state) state->usual = untold("the device controls its fan by itself", "amdgpu");
  return state;
}

/// A fan that may stand still would not keep a speed.
Writes without_zero_rpm(const Site& site, std::string value) {
  if (!site.has(kZeroRpmFile)) return {};
  return {{.knob = std::string(kZeroRpmFile), .value = std::move(value), .rank = kZeroRpm}};
}

Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  const double percent = std::get<double>(value);
  if (!site.has(kCurveFile)) {
    return Writes{
        {.knob = std::string(kFanKnob), .value = std::to_string(duty(percent)), .rank = kFan}};
  }
  const auto curve = firmware_curve(site);
  if (!curve) return curve.error();
  Writes writes = without_zero_rpm(site, "0");
  writes.push_back(curve_write(flat_curve(*curve, percent)));
  return writes;
}

Result<Writes> usual(const Site& site, const SetpointRow& /*row*/) {
  if (!site.has(kCurveFile)) {
    return Writes{{.knob = std::string(kFanKnob), .value = std::string(kAutomatic), .rank = kFan}};
  }
  Writes writes = without_zero_rpm(site, std::string(settings::kDriversDefault));
  writes.push_back(curve_write(std::string(kAutomatic)));
  return writes;
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  const auto mode = site.sensor("pwm1_enable");
  if (!mode) return mode.error();
  if (*mode == kAutomaticMode) return std::string(kAutomatic);
  if (*mode != kManualMode) return std::string(kUncontrolled);
  const auto now = site.sensor("pwm1");
  if (!now) return now.error();
  return std::to_string(*now);
}

/// The duty is taken only while the mode is manual, so both are one value.
Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  auto mode = site.sensor_path("pwm1_enable");
  if (!mode) return mode.error();
  if (value == kAutomatic) return Calls{{std::move(*mode), "2"}};
  if (value == kUncontrolled) return Calls{{std::move(*mode), "0"}};
  auto duty = site.sensor_path("pwm1");
  if (!duty) return duty.error();
  return Calls{{std::move(*mode), "1"}, {std::move(*duty), std::string(value)}};
}

bool holds(std::string_view written, std::string_view read) {
  const auto wanted = base::parse_integer(written);
  const auto is = base::parse_integer(read);
  if (!wanted || !is) return written == read;
  return std::abs(*wanted - *is) <= kRounding;
}

}  // namespace

const Setting kFanPercent{&setpoint::fan_percent, state, writes, usual};
const Knob kFanOf{kFanKnob, value, calls, holds};

}  // namespace accel::amd
