// power_limit_w: the first limit of hwmon that is there, in microwatts. Too much is cut without a
// word, which only reading back tells (i915_hwmon.c, xe_hwmon.c).
#include <array>
#include <cmath>
#include <cstdlib>

#include "backends/intel/control/rows.hpp"
#include "base/number.hpp"

namespace accel::intel {
namespace {

constexpr std::string_view kLimitKnob = "hwmon/power_limit";
constexpr double kMicrowatts = 1e6;
/// The registers count in eighths of a watt (PKG_PWR_UNIT of i915_hwmon.c and xe_hwmon.c).
constexpr std::int64_t kStep = 125'000;

struct Limit {
  std::string_view file;
  std::string_view rated;  ///< the highest that the card is made for; 0 where it is not known
};
constexpr std::array kLimitFiles{
    Limit{"power1_max", "power1_rated_max"}, Limit{"power2_max", "power2_rated_max"},
    Limit{"power1_cap", "power1_rated_max"}, Limit{"power2_cap", "power2_rated_max"}};

struct Found {
  base::Dir dir;
  Limit limit;
};

Result<Found> limit_of(const Site& site) {
  auto dir = site.sensors();
  if (!dir) return dir.error();
  for (const Limit& limit : kLimitFiles) {
    if (dir->has(limit.file)) return Found{std::move(*dir), limit};
  }
  return Error{Errc::operation_not_supported,
               dir->path().string() + ": no file power{1,2}_{max,cap}",
               "",
               {}};
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto found = limit_of(site);
  if (!found) return found.error();
  const auto& [dir, limit] = *found;
  const std::string source = dir.source(limit.file);
  const auto now = dir.integer(limit.file);
  if (!now) return now.error();
  if (const auto refusal = settings::write_refusal(site.machine(), source)) return *refusal;
  SetpointState state;
  state.present = *now == 0 ? untold(source + " is 0: the limit is off", source)
                            : Reading<SetpointValue>(
                                  SetpointValue(static_cast<double>(*now) / kMicrowatts), source);
  state.usual = untold("the driver does not tell with which limit it started", source);
  const auto rated = dir.integer(limit.rated);
  if (rated && *rated > 0) {
    state.range.max = static_cast<double>(*rated) / kMicrowatts;
  } else {
    state.range.unchecked = dir.source(limit.rated) +
                            " does not tell the highest limit; a higher one is cut without a word";
  }
  return state;
}

Result<Writes> writes(const Site& /*site*/, const SetpointRow& row, const SetpointValue& value) {
  const std::int64_t microwatts = std::llround(std::get<double>(value) * kMicrowatts);
  if (microwatts > 0) {
    return Writes{
        {.knob = std::string(kLimitKnob), .value = std::to_string(microwatts), .rank = kLimits}};
  }
  return Error{Errc::invalid_argument,
               "Invalid value for " + std::string(row.name) + ": " + to_text(value) +
                   ": 0 would switch the limit off",
               "",
               {}};
}

Result<Writes> usual(const Site& /*site*/, const SetpointRow& /*row*/) {
  return Writes{{.knob = std::string(kLimitKnob), .rank = kLimits, .to_original = true}};
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  const auto found = limit_of(site);
  if (!found) return found.error();
  const auto number = found->dir.integer(found->limit.file);
  if (!number) return number.error();
  return std::to_string(*number);
}

Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  const auto found = limit_of(site);
  if (!found) return found.error();
  return Calls{{found->dir.source(found->limit.file), std::string(value)}};
}

bool holds(std::string_view written, std::string_view read) {
  const auto wanted = base::parse_integer(written);
  const auto is = base::parse_integer(read);
  return wanted && is && std::abs(*wanted - *is) <= kStep;
}

}  // namespace

const Setting kPowerLimit{&setpoint::power_limit_w, state, writes, usual};
const Knob kPowerLimitOf{kLimitKnob, value, calls, holds};

}  // namespace accel::intel
