// NVIDIA GPUs, through NVML where its library is, else through /proc/driver/nvidia and the bus.
#pragma once

#include "accel/backend.hpp"

namespace accel::nvidia {

/// The registry's row for NVIDIA.
[[nodiscard]] BackendEntry entry();

}  // namespace accel::nvidia
