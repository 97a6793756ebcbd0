#include "handle.hpp"

namespace accel::sim::nvml {
namespace {

// Layout: mark 12 bits | kind 4 | GPU 16 | instance + 1: 4 | compute instance + 1: 4 | generation
// 16 | 0: 8. Not a canonical address, so that a client which follows it faults at once.
constexpr std::uint64_t kMark = 0xACC;

}  // namespace

std::uintptr_t encode(HandleKind kind, const Target& target) {
  return kMark << 52 | static_cast<std::uint64_t>(kind) << 48 |
         static_cast<std::uint64_t>(target.gpu & 0xFFFF) << 32 |
         static_cast<std::uint64_t>(target.instance + 1) << 28 |
         static_cast<std::uint64_t>(target.compute_instance + 1) << 24 |
         static_cast<std::uint64_t>(target.generation & 0xFFFF) << 8;
}

bool decode(const void* handle, HandleKind kind, Target& target) {
  const auto bits = reinterpret_cast<std::uintptr_t>(handle);
  if (bits >> 52 != kMark || (bits >> 48 & 0xF) != static_cast<std::uint64_t>(kind) ||
      (bits & 0xFF) != 0) {
    return false;
  }
  target.gpu = static_cast<std::uint32_t>(bits >> 32 & 0xFFFF);
  target.instance = static_cast<int>(bits >> 28 & 0xF) - 1;
  target.compute_instance = static_cast<int>(bits >> 24 & 0xF) - 1;
  target.generation = static_cast<std::uint32_t>(bits >> 8 & 0xFFFF);
  return target.instance < static_cast<int>(kMaxGpuInstances) &&
         target.compute_instance < static_cast<int>(kMaxComputeInstances);
}

bool still_there(const Gpu& gpu, const Target& target) {
  if (target.instance < 0) return true;
  const GpuInstance& instance = gpu.instances[target.instance];
  if (instance.used == 0) return false;
  if (target.compute_instance < 0) return (instance.generation & 0xFFFF) == target.generation;
  const ComputeInstance& compute = instance.compute[target.compute_instance];
  return compute.used != 0 && (compute.generation & 0xFFFF) == target.generation;
}

nvmlDevice_t device_handle(const Gpu& gpu) {
  return reinterpret_cast<nvmlDevice_t>(encode(HandleKind::device, {.gpu = gpu.index}));
}

nvmlDevice_t mig_handle(const Gpu& gpu, int instance, int compute_instance) {
  const std::uint32_t generation = gpu.instances[instance].compute[compute_instance].generation;
  return reinterpret_cast<nvmlDevice_t>(
      encode(HandleKind::device, {gpu.index, instance, compute_instance, generation}));
}

nvmlGpuInstance_t gpu_instance_handle(const Gpu& gpu, int instance) {
  return reinterpret_cast<nvmlGpuInstance_t>(encode(
      HandleKind::gpu_instance, {gpu.index, instance, -1, gpu.instances[instance].generation}));
}

nvmlComputeInstance_t compute_instance_handle(const Gpu& gpu, int instance, int compute_instance) {
  const std::uint32_t generation = gpu.instances[instance].compute[compute_instance].generation;
  return reinterpret_cast<nvmlComputeInstance_t>(
      encode(HandleKind::compute_instance, {gpu.index, instance, compute_instance, generation}));
}

}  // namespace accel::sim::nvml
