// What an operator should know about NVIDIA's driver and GPUs, with what was read and what to do.
#pragma once

#include <string>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/finding.hpp"
#include "accel/machine.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/library.hpp"
#include "backends/nvidia/runtime_power.hpp"

namespace accel::nvidia {

/// A GPU as discovery found it.
struct KnownGpu {
  AcceleratorInfo info;
  Gpu gpu;
  RuntimePower power;
};

/// Cheap; asks only GPUs that are awake.
[[nodiscard]] std::vector<Finding> find_problems(const Machine& machine, const Library& library,
                                                 const std::vector<KnownGpu>& gpus);

}  // namespace accel::nvidia
