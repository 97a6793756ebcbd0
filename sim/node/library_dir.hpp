// The library directories of a node: one for the driver it simulates and what was injected, more
// for processes that hide further symbols through ACCEL_SIM_FAULT.
#pragma once

#include "open.hpp"

namespace accel::sim {

/// Names the directory for this process, making one when its environment hides symbols.
Problem choose_library_dir(OpenNode& opened);

}  // namespace accel::sim
