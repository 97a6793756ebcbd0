// fan_percent, of every fan that has a pwmN: none in kernels up to 7.3, seen on one Arc B580.
// pwmN_enable is 1 for manual and 2 for automatic, as hwmon has it.
#include <cmath>
#include <cstdlib>

#include "backends/intel/control/rows.hpp"
#include "base/number.hpp"

namespace accel::intel {
namespace {

constexpr std::string_view kFanKnob = "hwmon/pwm";
constexpr std::string_view kAutomatic = "automatic";
constexpr int kMostFans = 8;
constexpr double kFull = 255;
/// As for other drivers' duties: they count in steps of their own.
constexpr std::int64_t kRounding = 3;
constexpr std::int64_t kManualMode = 1;
constexpr std::int64_t kAutomaticMode = 2;

struct Fan {
  int number = 0;
  std::string duty;  ///< "pwm1"
  std::string mode;  ///< "pwm1_enable"
};

std::vector<Fan> fans_in(const base::Dir& dir) {
  std::vector<Fan> fans;
  for (int number = 1; number <= kMostFans; ++number) {
    const std::string duty = "pwm" + std::to_string(number);
    if (dir.has(duty) && dir.has(duty + "_enable"))
      fans.push_back({number, duty, duty + "_enable"});
  }
  return fans;
}

Error no_fan(const base::Dir& dir) {
  return {Errc::operation_not_supported,
          dir.source("pwm1_enable") + ": No such file or directory: the card controls its fans",
          "",
          {}};
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto dir = site.sensors();
  if (!dir) return dir.error();
  const auto fans = fans_in(*dir);
  if (fans.empty()) return no_fan(*dir);
  for (const Fan& fan : fans) {
    if (const auto no = site.write_refusal({dir->source(fan.duty), dir->source(fan.mode)})) {
      return *no;
    }
  }
  const std::string source = dir->source(fans.front().mode);
  const auto mode = dir->integer(fans.front().mode);
  const auto duty = dir->integer(fans.front().duty);
  SetpointState state;
  state.present =
      mode && duty && *mode == kManualMode
          ? Reading<SetpointValue>(
                SetpointValue(std::round(static_cast<double>(*duty) * 100 / kFull)), source)
          : untold(source + " is not 1, manual", source);
  state.usual = untold("the card controls its fans by itself", source);
  state.range.min = 0;
  state.range.max = 100;
  return state;
}

Result<Writes> to_all(const Site& site, const std::string& value) {
  const auto dir = site.sensors();
  if (!dir) return dir.error();
  Writes writes;
  for (const Fan& fan : fans_in(*dir)) {
    writes.push_back({.knob = std::string(kFanKnob) + " " + std::to_string(fan.number),
                      .value = value,
                      .rank = kFans});
  }
  return writes.empty() ? Result<Writes>(no_fan(*dir)) : Result<Writes>(std::move(writes));
}

Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  return to_all(site, std::to_string(std::llround(std::get<double>(value) * kFull / 100)));
}

Result<Writes> usual(const Site& site, const SetpointRow& /*row*/) {
  return to_all(site, std::string(kAutomatic));
}

struct Found {
  base::Dir dir;
  Fan fan;
};

Result<Found> fan_of(const Site& site, std::string_view detail) {
  const auto dir = site.sensors();
  if (!dir) return dir.error();
  for (const Fan& fan : fans_in(*dir)) {
    if (detail == std::to_string(fan.number)) return Found{*dir, fan};
  }
  return no_fan(*dir);
}

Result<std::string> value(const Site& site, std::string_view detail) {
  const auto found = fan_of(site, detail);
  if (!found) return found.error();
  const auto mode = found->dir.integer(found->fan.mode);
  if (!mode) return mode.error();
  if (*mode == kAutomaticMode) return std::string(kAutomatic);
  const auto duty = found->dir.integer(found->fan.duty);
  if (!duty) return duty.error();
  return std::to_string(*duty);
}

/// Mode and duty are one value, so that the mode comes back with it.
Result<Calls> calls(const Site& site, std::string_view detail, std::string_view value) {
  const auto found = fan_of(site, detail);
  if (!found) return found.error();
  const std::string mode = found->dir.source(found->fan.mode);
  if (value == kAutomatic) return Calls{{mode, "2"}};
  return Calls{{mode, "1"}, {found->dir.source(found->fan.duty), std::string(value)}};
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

}  // namespace accel::intel
