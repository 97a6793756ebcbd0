// Accounting: what processes used, while the mode is on.

#include "call.hpp"
#include "structs_process.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kBufferSize = 4000;  // processes that a real driver remembers

bool enabled(const View& v) { return v.gpu.settings.accounting != 0; }

}  // namespace

ACCEL_NVML nvmlDeviceGetAccountingMode(nvmlDevice_t device, nvmlEnableState_t* mode) {
  return on_gpu(__func__, device, [&](View& v) { return put(mode, v.gpu.settings.accounting); });
}

ACCEL_NVML nvmlDeviceSetAccountingMode(nvmlDevice_t device, nvmlEnableState_t mode) {
  return change_gpu(__func__, device, [&](View& v) {
    if (mode > 1) return NVML_ERROR_INVALID_ARGUMENT;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.accounting = mode;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceClearAccountingPids(nvmlDevice_t device) {
  return change_gpu(__func__, device,
                    [&](View&) { return is_root() ? NVML_SUCCESS : NVML_ERROR_NO_PERMISSION; });
}

ACCEL_NVML nvmlDeviceGetAccountingBufferSize(nvmlDevice_t device, unsigned int* size) {
  return on_gpu(__func__, device, [&](View&) { return put(size, kBufferSize); });
}

ACCEL_NVML nvmlDeviceGetAccountingPids(nvmlDevice_t device, unsigned int* count,
                                       unsigned int* pids) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!enabled(v)) return NVML_ERROR_NOT_SUPPORTED;
    const unsigned int room = *count;
    *count = v.gpu.process_count;
    if (*count > 0 && (pids == nullptr || room < *count)) return NVML_ERROR_INSUFFICIENT_SIZE;
    for (std::uint32_t i = 0; i < *count; ++i) pids[i] = v.gpu.processes[i].pid;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetAccountingStats(nvmlDevice_t device, unsigned int pid,
                                        nvmlAccountingStats_t* stats) {
  return on_gpu(__func__, device, [&](View& v) {
    if (stats == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!enabled(v)) return NVML_ERROR_NOT_SUPPORTED;
    for (std::uint32_t i = 0; i < v.gpu.process_count; ++i) {
      const GpuProcess& process = v.gpu.processes[i];
      if (process.pid != pid) continue;
      *stats = {.gpuUtilization = whole(v.gpu.load * process.share * 100),
                .memoryUtilization = whole(v.gpu.memory_load * process.share * 100),
                .maxMemoryUsage = process.memory,
                .time = 0,
                .startTime = static_cast<unsigned long long>(micros(v.node.clock.started)),
                .isRunning = 1};
      return NVML_SUCCESS;
    }
    return NVML_ERROR_NOT_FOUND;
  });
}
