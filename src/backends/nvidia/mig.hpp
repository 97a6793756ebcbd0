// MIG: the instances that a GPU is divided into, each a device of its own.
#pragma once

#include <memory>
#include <vector>

#include "accel/device.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/runtime_power.hpp"

namespace accel::nvidia {

/// Whether the GPU is divided now.
[[nodiscard]] bool is_divided(const Gpu& gpu);

struct MigDevices {
  std::vector<std::unique_ptr<Device>> devices;
  std::vector<Error> problems;
};

/// In the order of NVML's instance numbers, which may have holes.
[[nodiscard]] MigDevices mig_devices(const Gpu& parent, const AcceleratorInfo& parent_info,
                                     const RuntimePower& power,
                                     const std::shared_ptr<const Machine>& machine);

}  // namespace accel::nvidia
