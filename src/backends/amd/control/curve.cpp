// fan_curve, and the curve as a knob: its five points are one value, so that whoever undoes it
// sets all of them.
#include "backends/amd/control/curve.hpp"

#include <algorithm>
#include <cmath>

#include "backends/amd/control/order.hpp"
#include "backends/amd/control/overdrive_bit.hpp"
#include "backends/amd/control/rows.hpp"
#include "backends/amd/overdrive.hpp"

namespace accel::amd {
namespace {

constexpr std::string_view kAutomatic = "automatic";

std::string text_of(const std::vector<CurvePoint>& points) {
  std::string text;
  for (const CurvePoint& point : points) {
    if (!text.empty()) text += ';';
    text += std::to_string(point.celsius) + ' ' + std::to_string(point.percent);
  }
  return text;
}

/// A point more in the middle of the widest gap, on the line: the shape stays.
void split_widest(std::vector<FanCurve::Point>& points) {
  std::size_t widest = 1;
  const auto gap = [&](std::size_t i) { return points[i].celsius - points[i - 1].celsius; };
  for (std::size_t i = 2; i < points.size(); ++i) {
    if (gap(i) > gap(widest)) widest = i;
  }
  const FanCurve::Point& low = points[widest - 1];
  const FanCurve::Point& high = points[widest];
  const FanCurve::Point middle{std::round((low.celsius + high.celsius) / 2),
                               (low.percent + high.percent) / 2};
  points.insert(points.begin() + static_cast<std::ptrdiff_t>(widest), middle);
}

Error unfit(std::string why) {
  return {Errc::invalid_config,
          "fan curve: " + std::move(why),
          "give points within what the firmware takes",
          {}};
}

/// As many points as the firmware has, in whole degrees and percents.
Result<std::vector<CurvePoint>> fitted(const FirmwareCurve& firmware, const FanCurve& curve) {
  const std::size_t count = firmware.points.size();
  std::vector<FanCurve::Point> points = curve.points;
  if (points.empty() || points.size() > count) {
    return unfit("the firmware has " + std::to_string(count) + " points, not " +
                 std::to_string(points.size()));
  }
  const auto [coldest, hottest] = firmware.celsius;
  if (points.size() == 1) {
    const auto last = static_cast<double>(hottest);
    if (points[0].celsius < last) points.push_back({last, points[0].percent});
  }
  while (points.size() > 1 && points.size() < count) split_widest(points);
  points.resize(count, points.back());
  std::vector<CurvePoint> whole;
  for (const FanCurve::Point& point : points) {
    const CurvePoint rounded{std::llround(point.celsius), std::llround(point.percent)};
    if (rounded.celsius < coldest || rounded.celsius > hottest) {
      return unfit(std::to_string(rounded.celsius) + " °C is outside " + std::to_string(coldest) +
                   ".." + std::to_string(hottest));
    }
    if (rounded.percent < firmware.percents.low || rounded.percent > firmware.percents.high) {
      return unfit(std::to_string(rounded.percent) + " % is outside " +
                   std::to_string(firmware.percents.low) + ".." +
                   std::to_string(firmware.percents.high));
    }
    whole.push_back(rounded);
  }
  return whole;
}

FanCurve curve_of(const FirmwareCurve& firmware) {
  FanCurve curve;
  for (const CurvePoint& point : firmware.points) {
    curve.points.push_back(
        {static_cast<double>(point.celsius), static_cast<double>(point.percent)});
  }
  return curve;
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto curve = firmware_curve(site);
  if (!curve) return curve.error();
  if (const auto refusal = site.write_refusal({kCurveFile})) return *refusal;
  const std::string source = site.device().source(kCurveFile);
  SetpointState state;
  state.present = curve->is_automatic()
                      ? untold(source + " holds no curve: the fan is automatic", source)
                      : Reading<SetpointValue>(SetpointValue(curve_of(*curve)), source);
  state.usual = untold("the device controls its fan by itself", source);
  state.range.min = static_cast<double>(curve->percents.low);
  state.range.max = static_cast<double>(curve->percents.high);
  return state;
}

Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  const auto firmware = firmware_curve(site);
  if (!firmware) return firmware.error();
  const auto points = fitted(*firmware, std::get<FanCurve>(value));
  if (!points) return points.error();
  return Writes{curve_write(text_of(*points))};
}

Result<Writes> usual(const Site& /*site*/, const SetpointRow& /*row*/) {
  return Writes{curve_write(std::string(kAutomatic))};
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  const auto curve = firmware_curve(site);
  if (!curve) return curve.error();
  return curve->is_automatic() ? std::string(kAutomatic) : text_of(curve->points);
}

Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  const std::string path = site.device().source(kCurveFile);
  if (value == kAutomatic) return Calls{{path, "r"}};
  Calls calls;
  while (!value.empty()) {
    const auto point = value.substr(0, value.find(';'));
    value.remove_prefix(std::min(point.size() + 1, value.size()));
    calls.push_back({path, std::to_string(calls.size()) + " " + std::string(point)});
  }
  calls.push_back({path, "c"});
  return calls;
}

Result<FirmwareCurve> curve_in(const OverdriveTable& table) {
  const OverdriveSection* section = table.section("OD_FAN_CURVE");
  const OverdriveRange* heat = table.range("FAN_CURVE(hotspot temp)");
  const OverdriveRange* speed = table.range("FAN_CURVE(fan speed)");
  const Error incomplete{Errc::malformed, "no OD_FAN_CURVE with its ranges", "", {}};
  if (section == nullptr || section->rows.empty() || heat == nullptr || speed == nullptr) {
    return incomplete;
  }
  FirmwareCurve curve{
      {}, {heat->low.number, heat->high.number}, {speed->low.number, speed->high.number}};
  for (const OverdriveRow& row : section->rows) {
    if (row.values.size() != 2) return incomplete;
    curve.points.push_back({row.values[0].number, row.values[1].number});
  }
  return curve;
}

}  // namespace

bool FirmwareCurve::is_automatic() const {
  return std::ranges::all_of(
      points, [](const CurvePoint& point) { return point.celsius == 0 && point.percent == 0; });
}

std::optional<std::int64_t> FirmwareCurve::flat_percent() const {
  const bool is_flat = std::ranges::all_of(
      points, [&](const CurvePoint& point) { return point.percent == points.front().percent; });
  return is_flat && !is_automatic() ? std::optional(points.front().percent) : std::nullopt;
}

Result<FirmwareCurve> firmware_curve(const Site& site) {
  if (!site.has(kCurveFile)) return overdrive_refusal(site, kCurveFile);
  const auto text = site.text(kCurveFile);
  if (!text) return text.error();
  const auto table = parse_overdrive(*text);
  auto curve = table ? curve_in(*table) : Result<FirmwareCurve>(table.error());
  if (!curve) return annotate(site.device().source(kCurveFile), curve.error());
  return curve;
}

std::string flat_curve(const FirmwareCurve& curve, double percent) {
  const std::int64_t speed = std::max<std::int64_t>(std::llround(percent), curve.percents.low);
  const auto steps = static_cast<std::int64_t>(curve.points.size()) - 1;
  std::vector<CurvePoint> points;
  for (std::int64_t i = 0; i <= steps; ++i) {
    const std::int64_t width = curve.celsius.high - curve.celsius.low;
    points.push_back({curve.celsius.low + (steps == 0 ? 0 : width * i / steps), speed});
  }
  return text_of(points);
}

KnobWrite curve_write(std::string value) {
  return {.knob = std::string(kCurveFile), .value = std::move(value), .rank = kFan};
}

void end_curve(const Site& site, Writes& writes) {
  const auto curve = firmware_curve(site);
  if (!curve || curve->is_automatic()) return;
  writes.push_back(curve_write(std::string(kAutomatic)));
  writes.back().rank = kCurveEnds;
}

const Setting kFanCurve{&setpoint::fan_curve, state, writes, usual};
const Knob kCurveOf{kCurveFile, value, calls};

}  // namespace accel::amd
