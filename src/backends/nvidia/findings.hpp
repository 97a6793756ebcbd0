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

/// Of the library and its kernel module. Asks no GPU.
[[nodiscard]] std::vector<Finding> library_problems(const Machine& machine, const Library& library,
                                                    bool has_gpus);

/// Of one GPU; it is asked only if it is awake. `library_works`: else that has been said, and is
/// not said again of the GPU.
[[nodiscard]] std::vector<Finding> gpu_problems(const KnownGpu& known, bool library_works);

/// That of a GPU which was asked and has not answered.
[[nodiscard]] Finding silent_gpu(const KnownGpu& known, const Error& why);

}  // namespace accel::nvidia
