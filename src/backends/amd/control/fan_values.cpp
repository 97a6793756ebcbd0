// What the firmware's own fan control keeps to: files of gpu_od/fan_ctrl with one number each.
// Zero RPM goes with a curve; any of the others ends it (smu_v13_0_0_ppt.c, FanMode).
#include <cmath>

#include "backends/amd/control/curve.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/overdrive_bit.hpp"
#include "backends/amd/control/rows.hpp"
#include "backends/amd/overdrive.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

using settings::kDriversDefault;

constexpr std::string_view kMinimumFile = "gpu_od/fan_ctrl/fan_minimum_pwm";
constexpr std::string_view kLimitFile = "gpu_od/fan_ctrl/acoustic_limit_rpm_threshold";
constexpr std::string_view kTargetFile = "gpu_od/fan_ctrl/acoustic_target_rpm_threshold";
constexpr std::string_view kTemperatureFile = "gpu_od/fan_ctrl/fan_target_temperature";

struct FanValue {
  std::int64_t number = 0;
  std::optional<OverdriveRange> range;
};

/// The header's name differs from file to file and release to release: the first number counts.
Result<FanValue> fan_value(const Site& site, std::string_view file) {
  if (!site.has(kCurveFile) && !site.has(file)) return overdrive_refusal(site, file);
  const auto text = site.text(file);
  if (!text) return text.error();
  const std::string source = site.device().source(file);
  const auto table = parse_overdrive(*text);
  if (!table) return annotate(source, table.error());
  if (table->sections.empty() || table->sections[0].rows.empty()) {
    return Error{Errc::malformed, source + ": no value", "", {}};
  }
  FanValue value{table->sections[0].rows[0].values[0].number, std::nullopt};
  if (!table->ranges.empty()) value.range = table->ranges[0];
  return value;
}

Result<SetpointState> state(const Site& site, std::string_view file, bool is_flag) {
  const auto value = fan_value(site, file);
  if (!value) return value.error();
  if (const auto refusal = site.write_refusal({file})) return *refusal;
  const std::string source = site.device().source(file);
  SetpointState state;
  state.present = {is_flag ? SetpointValue(value->number != 0)
                           : SetpointValue(static_cast<double>(value->number)),
                   source};
  state.usual = untold("the driver does not tell with which value it started", source);
  if (is_flag) return state;
  if (value->range) {
    state.range.min = static_cast<double>(value->range->low.number);
    state.range.max = static_cast<double>(value->range->high.number);
  } else {
    state.range.unchecked = source + " has no OD_RANGE";
  }
  return state;
}

Writes value_write(const Site& site, std::string_view file, std::string value) {
  Writes writes;
  const bool goes_with_curve = file == kZeroRpmFile;
  if (!goes_with_curve) end_curve(site, writes);
  writes.push_back({.knob = std::string(file),
                    .value = std::move(value),
                    .rank = goes_with_curve ? kZeroRpm : kFanValues});
  return writes;
}

std::string text_of(const SetpointValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "1" : "0";
  return std::to_string(std::llround(std::get<double>(value)));
}

template <const std::string_view& File>
constexpr Setting setting(const SetpointRow& row) {
  return {&row,
          [](const Site& site, const SetpointRow& which) {
            return state(site, File, which.kind == SetpointKind::flag);
          },
          [](const Site& site, const SetpointRow&, const SetpointValue& value) {
            return Result<Writes>(value_write(site, File, text_of(value)));
          },
          [](const Site& site, const SetpointRow&) {
            return Result<Writes>(value_write(site, File, std::string(kDriversDefault)));
          }};
}

Result<std::string> value(const Site& site, std::string_view file) {
  const auto now = fan_value(site, file);
  if (!now) return now.error();
  return std::to_string(now->number);
}

Result<Calls> calls(const Site& site, std::string_view file, std::string_view value) {
  const std::string path = site.device().source(file);
  if (value == kDriversDefault) return Calls{{path, "r"}};
  return Calls{{path, std::string(value)}, {path, "c"}};
}

template <const std::string_view& File>
constexpr Knob knob() {
  return {File, [](const Site& site, std::string_view) { return value(site, File); },
          [](const Site& site, std::string_view, std::string_view text) {
            return calls(site, File, text);
          }};
}

}  // namespace

const Setting kFanZeroRpm = setting<kZeroRpmFile>(setpoint::fan_zero_rpm);
const Setting kFanMinimum = setting<kMinimumFile>(setpoint::fan_minimum_percent);
const Setting kAcousticLimit = setting<kLimitFile>(setpoint::fan_acoustic_limit_rpm);
const Setting kAcousticTarget = setting<kTargetFile>(setpoint::fan_acoustic_target_rpm);
const Setting kTemperatureTarget = setting<kTemperatureFile>(setpoint::temp_target_c);

const Knob kZeroRpmOf = knob<kZeroRpmFile>();
const Knob kFanMinimumOf = knob<kMinimumFile>();
const Knob kAcousticLimitOf = knob<kLimitFile>();
const Knob kAcousticTargetOf = knob<kTargetFile>();
const Knob kTemperatureTargetOf = knob<kTemperatureFile>();

}  // namespace accel::amd
