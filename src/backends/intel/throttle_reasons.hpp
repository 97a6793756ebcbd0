// What the drivers' names of throttle reasons mean in the names that all vendors share.
#pragma once

#include <array>
#include <string_view>

#include "accel/metric.hpp"
#include "accel/result.hpp"

namespace accel::intel {

/// A reason as the kernel's files name it, without their prefix.
struct ThrottleReason {
  std::string_view raw;
  std::string_view normalised;
  bool is_throttling = true;
};

/// In the order of the normalised names. Names: drivers/gpu/drm/xe/xe_gt_throttle.c,
/// drivers/gpu/drm/i915/gt/intel_gt_sysfs_pm.c
// clang-format off
inline constexpr std::array kThrottleReasons{
    ThrottleReason{"thermal", "thermal"},        ThrottleReason{"prochot", "thermal"},
    ThrottleReason{"ratl", "thermal"},           ThrottleReason{"vr_thermalert", "thermal"},
    ThrottleReason{"soc_thermal", "thermal"},    ThrottleReason{"soc_avg_thermal", "thermal"},
    ThrottleReason{"mem_thermal", "thermal"},    ThrottleReason{"vr_thermal", "thermal"},
    ThrottleReason{"pl1", "power_limit"},        ThrottleReason{"pl2", "power_limit"},
    ThrottleReason{"pl4", "power_limit"},        ThrottleReason{"pwrbrk", "power_limit"},
    ThrottleReason{"psys_pl1", "power_limit"},   ThrottleReason{"psys_pl2", "power_limit"},
    ThrottleReason{"psys_crit", "power_limit"},  ThrottleReason{"vr_tdc", "current_limit"},
    ThrottleReason{"iccmax", "current_limit"},   ThrottleReason{"fastvmode", "current_limit"},
    ThrottleReason{"p0_freq", "clock_setting", false},
};
// clang-format on

/// Limits that reduce performance, each once, in the order of the table; a name that is not in it
/// is "other". Clocks that a user chose are none.
[[nodiscard]] TextList normalised(const TextList& raw);

/// The text of xe's file `reasons`: names between blanks, or "none". `malformed` for anything that
/// is no such name.
[[nodiscard]] Result<TextList> parse_throttle_reasons(std::string_view text);

}  // namespace accel::intel
