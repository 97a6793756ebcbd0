// Who encodes video and who captures frames. Nobody captures here; what encodes, the load says.

#include <algorithm>

#include "call.hpp"
#include "structs_process.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kFrameRate = 60;
constexpr unsigned int kLatency = 4200;  // µs

/// The process that encodes: the one that does most, if the encoders are busy at all.
const GpuProcess* encoding(const View& v) {
  if (v.board.engines.encoders == 0 || encoder_load(v.gpu) <= 0) return nullptr;
  const GpuProcess* first = v.gpu.processes;
  const GpuProcess* end = first + v.gpu.process_count;
  const GpuProcess* found = std::max_element(
      first, end, [](const GpuProcess& a, const GpuProcess& b) { return a.share < b.share; });
  return found == end ? nullptr : found;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetEncoderCapacity(nvmlDevice_t device, nvmlEncoderType_t type,
                                        unsigned int* capacity) {
  return on_gpu(__func__, device, [&](View& v) {
    if (type > 2) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.board.engines.encoders == 0) return NVML_ERROR_NOT_SUPPORTED;
    return put(capacity, 100 - std::min(100U, whole(encoder_load(v.gpu) * 100)));
  });
}

ACCEL_NVML nvmlDeviceGetEncoderStats(nvmlDevice_t device, unsigned int* sessions, unsigned int* fps,
                                     unsigned int* latency) {
  return on_gpu(__func__, device, [&](View& v) {
    if (sessions == nullptr || fps == nullptr || latency == nullptr) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    const bool active = encoding(v) != nullptr;
    *sessions = active ? 1 : 0;
    *fps = active ? kFrameRate : 0;
    *latency = active ? kLatency : 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetEncoderSessions(nvmlDevice_t device, unsigned int* count,
                                        nvmlEncoderSessionInfo_t* sessions) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const GpuProcess* process = encoding(v);
    const unsigned int room = *count;
    *count = process != nullptr ? 1 : 0;
    // A count of 0 asks for the number: nvml.h has this succeed, unlike the lists of processes.
    if (process == nullptr || room == 0) return NVML_SUCCESS;
    if (sessions == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    sessions[0] = {.sessionId = 1,
                   .pid = process->pid,
                   .vgpuInstance = 0,
                   .codecType = 0,  // H.264
                   .hResolution = 1920,
                   .vResolution = 1080,
                   .averageFps = kFrameRate,
                   .averageLatency = kLatency};
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetFBCSessions(nvmlDevice_t device, unsigned int* count, void* sessions) {
  static_cast<void>(sessions);
  return on_gpu(__func__, device, [&](View&) { return put(count, 0U); });
}

/// Every card answers, as `nvidia-smi -q` shows: zeros where nobody captures.
ACCEL_NVML nvmlDeviceGetFBCStats(nvmlDevice_t device, nvmlFBCStats_t* stats) {
  return on_gpu(__func__, device, [&](View&) { return put(stats, nvmlFBCStats_t{0, 0, 0}); });
}
