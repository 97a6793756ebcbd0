// The firmware's fan curve, gpu_od/fan_ctrl/fan_curve: five points of temperature and speed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backends/amd/control/site.hpp"

namespace accel::amd {

struct CurvePoint {
  std::int64_t celsius = 0;
  std::int64_t percent = 0;
};

struct FirmwareCurve {
  struct Bounds {
    std::int64_t low = 0;
    std::int64_t high = 0;
  };
  std::vector<CurvePoint> points;
  Bounds celsius;
  Bounds percents;

  /// No curve is set: the firmware controls the fan by itself.
  [[nodiscard]] bool is_automatic() const;
  /// The speed of a curve that has only one.
  [[nodiscard]] std::optional<std::int64_t> flat_percent() const;
};

/// operation_not_supported, or permission_denied where the driver hides it (overdrive_refusal).
[[nodiscard]] Result<FirmwareCurve> firmware_curve(const Site& site);

/// The value of the knob for a speed at every temperature; not below the least that it takes.
[[nodiscard]] std::string flat_curve(const FirmwareCurve& curve, double percent);

/// `value`: "automatic", or points such as "25 30;44 30;62 30;81 30;100 30".
[[nodiscard]] KnobWrite curve_write(std::string value);

/// The end of a curve, where one is set: what the firmware does by itself when it gets an acoustic
/// value, a target temperature or a least speed.
void end_curve(const Site& site, Writes& writes);

}  // namespace accel::amd
