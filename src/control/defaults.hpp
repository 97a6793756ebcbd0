// Everything of a device that can go back to a default.
#pragma once

#include <vector>

#include "accel/control/change.hpp"

namespace accel::control {

/// A wish for the default of each setting that the device has; of what it keeps over a reboot only
/// where that is meant. A device that cannot be asked gives the wish for every setting, so that
/// whoever plans them is told why.
[[nodiscard]] std::vector<SettingWish> default_wishes(System& system, std::size_t position,
                                                      bool with_persistent);

}  // namespace accel::control
