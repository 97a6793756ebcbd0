// Where a GPU's NVLinks lead.
#pragma once

#include <vector>

#include "accel/device_link.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

/// None for a GPU without NVLink; fails where the GPU cannot be asked.
[[nodiscard]] Result<std::vector<DeviceLink>> nvlinks(const Gpu& gpu, SteadyTime now);

}  // namespace accel::nvidia
