// NVML's opaque handles as numbers: which GPU, which instance, and which making of it.
#pragma once

#include <cstdint>

#include "../model/gpu.hpp"
#include "types.hpp"

namespace accel::sim::nvml {

enum class HandleKind : std::uint8_t { device = 1, gpu_instance, compute_instance };

struct Target {
  std::uint32_t gpu = 0;
  int instance = -1;
  int compute_instance = -1;
  std::uint32_t generation = 0;  ///< Of the innermost instance named, low 16 bits.
};

std::uintptr_t encode(HandleKind kind, const Target& target);

/// False for anything that no function of ours has returned.
bool decode(const void* handle, HandleKind kind, Target& target);

/// Whether the instance that the handle named still exists.
bool still_there(const Gpu& gpu, const Target& target);

nvmlDevice_t device_handle(const Gpu& gpu);
nvmlDevice_t mig_handle(const Gpu& gpu, int instance, int compute_instance);
nvmlGpuInstance_t gpu_instance_handle(const Gpu& gpu, int instance);
nvmlComputeInstance_t compute_instance_handle(const Gpu& gpu, int instance, int compute_instance);

}  // namespace accel::sim::nvml
