// Device memory, its bus, and the window onto it.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

struct Usage {
  std::uint64_t total;
  std::uint64_t reserved;
  std::uint64_t used;  ///< Without the reserved part.
};

std::uint64_t used_by(const View& v) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < v.gpu.process_count; ++i) {
    const GpuProcess& process = v.gpu.processes[i];
    if (v.is_mig() && process.gpu_instance != v.instance) continue;
    sum += process.memory;
  }
  return sum;
}

Usage usage_of(const View& v) {
  // An instance keeps a little for itself, as `nvidia-smi` shows on an empty one (about 15 MiB).
  Usage usage{v.board.memory_total, v.board.memory_reserved, used_by(v)};
  if (v.is_mig()) usage = {v.profile().memory_mib << 20, 15ULL << 20, usage.used};
  const std::uint64_t room = usage.total - std::min(usage.total, usage.reserved);
  usage.used = std::min(usage.used, room);
  return usage;
}

/// An instance's part of the window, which is divided like the memory. NVIDIA's MIG user guide
/// shows 32767 MiB for half of an A100's 65536 MiB.
std::uint64_t window_of(const View& v) {
  std::uint32_t slices = 1;
  for (std::uint32_t i = 0; i < v.board.mig_profile_count; ++i) {
    slices = std::max(slices, v.board.mig_profiles[i].size);
  }
  const std::uint64_t part = v.board.bar1_total / slices * v.profile().size;
  return part - std::min<std::uint64_t>(part, 1ULL << 20);
}

}  // namespace

ACCEL_NVML nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t* memory) {
  return on_device(__func__, device, [&](View& v) {
    const Usage usage = usage_of(v);
    // The first version counts what the driver reserves as used.
    const std::uint64_t used = usage.used + usage.reserved;
    return put(memory, nvmlMemory_t{usage.total, usage.total - used, used});
  });
}

ACCEL_NVML nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t* memory) {
  return on_device(__func__, device, [&](View& v) {
    if (memory == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (memory->version != version_word<nvmlMemory_v2_t>(2)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    const Usage usage = usage_of(v);
    memory->total = usage.total;
    memory->reserved = usage.reserved;
    memory->used = usage.used;
    memory->free = usage.total - usage.reserved - usage.used;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetBAR1MemoryInfo(nvmlDevice_t device, nvmlBAR1Memory_t* memory) {
  return on_device(__func__, device, [&](View& v) {
    if (v.is_mig()) {
      const std::uint64_t window = window_of(v);
      return put(memory, nvmlBAR1Memory_t{window, window, 0});
    }
    const std::uint64_t used = (2ULL << 20) + (3ULL << 20) * v.gpu.process_count;
    return put(memory, nvmlBAR1Memory_t{v.board.bar1_total, v.board.bar1_total - used, used});
  });
}

ACCEL_NVML nvmlDeviceGetMemoryBusWidth(nvmlDevice_t device, unsigned int* width) {
  return on_gpu(__func__, device, [&](View& v) { return put(width, v.board.bus_width); });
}
