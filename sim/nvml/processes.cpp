// The processes that use a device, in the record layouts of three generations of the library.

#include <cstring>
#include <vector>

#include "call.hpp"
#include "structs_process.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

enum class Kind { compute, graphics, mps };

bool is_kind(const GpuProcess& process, Kind kind) {
  switch (kind) {
    case Kind::compute: return process.graphics == 0 && process.mps == 0;
    case Kind::graphics: return process.graphics != 0;
    case Kind::mps: return process.mps != 0;
  }
  return false;
}

constexpr unsigned int kNone = 0xFFFFFFFF;  // no instance

unsigned int instance_id(const Gpu& gpu, const GpuProcess& process) {
  return process.gpu_instance < 0 ? kNone : gpu.instances[process.gpu_instance].id;
}

unsigned int compute_id(const Gpu& gpu, const GpuProcess& process) {
  if (process.gpu_instance < 0 || process.compute_instance < 0) return kNone;
  return gpu.instances[process.gpu_instance].compute[process.compute_instance].id;
}

/// Processes of the device; on a MIG device those inside it.
std::vector<const GpuProcess*> processes_of(const View& v) {
  std::vector<const GpuProcess*> found;
  for (std::uint32_t i = 0; i < v.gpu.process_count; ++i) {
    const GpuProcess& process = v.gpu.processes[i];
    if (v.is_mig() &&
        (process.gpu_instance != v.instance || process.compute_instance != v.compute_instance)) {
      continue;
    }
    found.push_back(&process);
  }
  return found;
}

template <class Record>
void fill(Record& record, const Gpu& gpu, const GpuProcess& process) {
  record.pid = process.pid;
  record.usedGpuMemory = process.memory;
  if constexpr (sizeof(Record) > sizeof(nvmlProcessInfo_v1_t)) {
    record.gpuInstanceId = instance_id(gpu, process);
    record.computeInstanceId = compute_id(gpu, process);
  }
}

template <class Record>
nvmlReturn_t list(const char* function, nvmlDevice_t device, Kind kind, unsigned int* count,
                  Record* records) {
  return on_device(function, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    std::vector<const GpuProcess*> found;
    for (const GpuProcess* process : processes_of(v)) {
      if (is_kind(*process, kind)) found.push_back(process);
    }
    const unsigned int room = *count;
    *count = static_cast<unsigned int>(found.size());
    if (*count > 0 && (records == nullptr || room < *count)) return NVML_ERROR_INSUFFICIENT_SIZE;
    for (std::size_t i = 0; i < found.size(); ++i) fill(records[i], v.gpu, *found[i]);
    return NVML_SUCCESS;
  });
}

/// A process's part of the GPU's load, %.
unsigned int share(const GpuProcess& process, double load) {
  return whole(std::min(1e6, load * process.share * 100));
}

/// Calls `store(process, time, sample)` for each process with a sample newer than `last_seen`.
template <class Store>
unsigned int each_sample(const View& v, unsigned long long last_seen, Store store) {
  unsigned int count = 0;
  const auto time = static_cast<unsigned long long>(micros(v.gpu.advanced_to));
  if (time <= last_seen) return 0;
  for (std::uint32_t i = 0; i < v.gpu.process_count; ++i) {
    if (v.gpu.load > 0) store(count++, v.gpu.processes[i], time);
  }
  return count;
}

}  // namespace

#define ACCEL_PROCESSES(name, kind)                                             \
  ACCEL_NVML nvmlDeviceGet##name(nvmlDevice_t device, unsigned int* count,      \
                                 nvmlProcessInfo_v1_t* records) {               \
    return list(__func__, device, kind, count, records);                        \
  }                                                                             \
  ACCEL_NVML nvmlDeviceGet##name##_v2(nvmlDevice_t device, unsigned int* count, \
                                      nvmlProcessInfo_v2_t* records) {          \
    return list(__func__, device, kind, count, records);                        \
  }                                                                             \
  ACCEL_NVML nvmlDeviceGet##name##_v3(nvmlDevice_t device, unsigned int* count, \
                                      nvmlProcessInfo_v2_t* records) {          \
    return list(__func__, device, kind, count, records);                        \
  }

ACCEL_PROCESSES(ComputeRunningProcesses, Kind::compute)
ACCEL_PROCESSES(GraphicsRunningProcesses, Kind::graphics)
ACCEL_PROCESSES(MPSComputeRunningProcesses, Kind::mps)

ACCEL_NVML nvmlDeviceGetRunningProcessDetailList(nvmlDevice_t device,
                                                 nvmlProcessDetailList_v1_t* out) {
  return on_device(__func__, device, [&](View& v) {
    if (out == nullptr || out->mode > 2) return NVML_ERROR_INVALID_ARGUMENT;
    if (out->version != version_word<nvmlProcessDetailList_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    std::vector<const GpuProcess*> found;
    for (const GpuProcess* process : processes_of(v)) {
      if (is_kind(*process, static_cast<Kind>(out->mode))) found.push_back(process);
    }
    const unsigned int room = out->numProcArrayEntries;
    out->numProcArrayEntries = static_cast<unsigned int>(found.size());
    if (!found.empty() && (out->procArray == nullptr || room < found.size())) {
      return NVML_ERROR_INSUFFICIENT_SIZE;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      fill(out->procArray[i], v.gpu, *found[i]);
      out->procArray[i].usedGpuCcProtectedMemory = 0xFFFFFFFFFFFFFFFF;  // unknown
    }
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetProcessUtilization(nvmlDevice_t device,
                                           nvmlProcessUtilizationSample_t* samples,
                                           unsigned int* count, unsigned long long last_seen) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.gpu.settings.mig_current != 0) return NVML_ERROR_NOT_SUPPORTED;
    const unsigned int room = *count;
    *count = each_sample(v, last_seen, [](auto...) {});
    if (*count == 0) return NVML_ERROR_NOT_FOUND;
    if (samples == nullptr || room < *count) return NVML_ERROR_INSUFFICIENT_SIZE;
    each_sample(v, last_seen,
                [&](unsigned int i, const GpuProcess& process, unsigned long long time) {
                  samples[i] = {.pid = process.pid,
                                .timeStamp = time,
                                .smUtil = share(process, v.gpu.load),
                                .memUtil = share(process, v.gpu.memory_load),
                                .encUtil = share(process, encoder_load(v.gpu)),
                                .decUtil = share(process, decoder_load(v.gpu))};
                });
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetProcessesUtilizationInfo(nvmlDevice_t device,
                                                 nvmlProcessesUtilizationInfo_v1_t* out) {
  return on_gpu(__func__, device, [&](View& v) {
    if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (out->version != version_word<nvmlProcessesUtilizationInfo_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    if (v.gpu.settings.mig_current != 0) return NVML_ERROR_NOT_SUPPORTED;
    const unsigned long long last_seen = out->lastSeenTimeStamp;
    const unsigned int room = out->processSamplesCount;
    out->processSamplesCount = each_sample(v, last_seen, [](auto...) {});
    if (out->processSamplesCount == 0) return NVML_ERROR_NOT_FOUND;
    if (out->procUtilArray == nullptr || room < out->processSamplesCount) {
      return NVML_ERROR_INSUFFICIENT_SIZE;
    }
    each_sample(v, last_seen,
                [&](unsigned int i, const GpuProcess& process, unsigned long long time) {
                  out->procUtilArray[i] = {.timeStamp = time,
                                           .pid = process.pid,
                                           .smUtil = share(process, v.gpu.load),
                                           .memUtil = share(process, v.gpu.memory_load),
                                           .encUtil = share(process, encoder_load(v.gpu)),
                                           .decUtil = share(process, decoder_load(v.gpu))};
                });
    return NVML_SUCCESS;
  });
}
