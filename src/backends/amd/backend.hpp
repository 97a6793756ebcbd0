// AMD GPUs, through the files of the kernel's drivers amdgpu and radeon.
#pragma once

#include "accel/backend.hpp"

namespace accel::amd {

/// The registry's row for AMD GPUs.
[[nodiscard]] BackendEntry entry();

}  // namespace accel::amd
