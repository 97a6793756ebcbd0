// The time of a machine that is read from files below a folder: most often one moment.
#pragma once

#include <memory>

#include "accel/machine.hpp"

namespace accel::cli {

/// steady() stands still as long as the machine's own /proc/uptime does. What a counter did between
/// two looks at a recording is then not known, and not 0. A living machine whose files are mounted
/// in a folder has the time of `machine.clock`, and so has waiting in any case.
[[nodiscard]] std::shared_ptr<Clock> recording_clock(const Machine& machine);

}  // namespace accel::cli
