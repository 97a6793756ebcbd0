// Fan speed by temperature: what a curve gives at a temperature, and which curves are safe to use.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel {

struct FanCurve {
  struct Point {
    double celsius = 0;
    double percent = 0;
    friend bool operator==(const Point&, const Point&) = default;
  };
  std::vector<Point> points;
  friend bool operator==(const FanCurve&, const FanCurve&) = default;
};

/// "aggressive", "quiet"; null for any other word.
[[nodiscard]] const FanCurve* fan_curve_preset(std::string_view name);

/// Speed in whole percent. Points may be in any order: below the first its speed, above the last
/// its speed, on a point that point's (the first of duplicates), between two a straight line,
/// truncated toward zero. 50 for a curve without points.
[[nodiscard]] int fan_speed_at(const FanCurve& curve, double celsius);

/// What a curve has to keep to before a device gets it.
struct FanCurveBounds {
  double lowest_percent = 0;
  double highest_percent = 100;
  /// Temperature by which the fans must run at their highest; absent where the device has none.
  std::optional<double> critical_celsius;
};

/// invalid_config unless it has 1..32 points, strictly rising temperatures, speeds in 0..100 that
/// do not fall, and the highest speed at or below the critical temperature.
[[nodiscard]] Result<void> check_fan_curve(const FanCurve& curve, const FanCurveBounds& bounds);

/// A curve from text: one `celsius percent` pair a line (or `celsius,percent`), `#` begins a
/// comment. invalid_config with the line and column of what is wrong.
[[nodiscard]] Result<FanCurve> parse_fan_curve(std::string_view text);

}  // namespace accel
