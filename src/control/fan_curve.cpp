#include "accel/control/fan_curve.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number.hpp"

namespace accel {
namespace {

constexpr std::size_t kMostPoints = 32;
constexpr int kSpeedWithoutPoints = 50;

Error unsafe(std::string why) {
  return {Errc::invalid_config,
          "fan curve: " + std::move(why),
          "give 1 to 32 points with rising temperatures and speeds that do not fall, the last at "
          "full speed",
          {}};
}

std::string point_text(const FanCurve::Point& point) {
  return base::number_text(point.celsius) + " °C " + base::number_text(point.percent) + " %";
}

Result<void> check_order(const FanCurve::Point& before, const FanCurve::Point& after) {
  if (after.celsius <= before.celsius) {
    return unsafe("the temperature does not rise from " + point_text(before) + " to " +
                  point_text(after));
  }
  if (after.percent < before.percent) {
    return unsafe("the speed falls from " + point_text(before) + " to " + point_text(after));
  }
  return {};
}

}  // namespace

const FanCurve* fan_curve_preset(std::string_view name) {
  static const std::pair<std::string_view, FanCurve> presets[] = {
      {"aggressive", {{{30, 20}, {50, 40}, {70, 60}, {85, 100}}}},
      {"quiet", {{{40, 0}, {60, 30}, {80, 70}, {90, 100}}}},
  };
  for (const auto& [known, curve] : presets) {
    if (known == name) return &curve;
  }
  return nullptr;
}

int fan_speed_at(const FanCurve& curve, double celsius) {
  if (curve.points.empty()) return kSpeedWithoutPoints;
  std::vector<FanCurve::Point> points = curve.points;
  std::ranges::stable_sort(points, {}, &FanCurve::Point::celsius);
  const auto next = std::ranges::lower_bound(points, celsius, {}, &FanCurve::Point::celsius);
  if (next == points.end()) return static_cast<int>(points.back().percent);
  if (next == points.begin() || next->celsius == celsius) return static_cast<int>(next->percent);
  const FanCurve::Point& below = *(next - 1);
  const double share = (celsius - below.celsius) / (next->celsius - below.celsius);
  return static_cast<int>(below.percent + share * (next->percent - below.percent));
}

Result<void> check_fan_curve(const FanCurve& curve, const FanCurveBounds& bounds) {
  if (curve.points.empty() || curve.points.size() > kMostPoints) {
    return unsafe("it has " + std::to_string(curve.points.size()) + " points");
  }
  for (const FanCurve::Point& point : curve.points) {
    if (!std::isfinite(point.celsius)) return unsafe("a temperature is no number");
    if (!(point.percent >= 0 && point.percent <= 100)) {
      return unsafe(point_text(point) + ": a speed is 0 to 100 %");
    }
  }
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    if (auto ordered = check_order(curve.points[i - 1], curve.points[i]); !ordered) return ordered;
  }
  const auto full = std::ranges::find_if(curve.points, [&](const FanCurve::Point& point) {
    return point.percent >= bounds.highest_percent;
  });
  if (full == curve.points.end()) {
    return unsafe("it never reaches " + base::number_text(bounds.highest_percent) + " %");
  }
  if (bounds.critical_celsius && full->celsius > *bounds.critical_celsius) {
    return unsafe("it reaches full speed at " + base::number_text(full->celsius) +
                  " °C, above the device's critical " +
                  base::number_text(*bounds.critical_celsius) + " °C");
  }
  return {};
}

}  // namespace accel
