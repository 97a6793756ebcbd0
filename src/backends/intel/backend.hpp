// Intel GPUs and NPUs, through the files that i915, xe and intel_vpu keep in sysfs.
#pragma once

#include "accel/backend.hpp"

namespace accel::intel {

/// The registry's row for Intel.
[[nodiscard]] BackendEntry entry();

}  // namespace accel::intel
