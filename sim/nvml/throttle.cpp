// Why clocks are below what they could be, and for how long they have been.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

// Every bit that nvmlClocksEventReasonAll names, but sync boost on cards that cannot do it.
constexpr unsigned long long kSupported = 0x1EF;

}  // namespace

ACCEL_NVML nvmlDeviceGetCurrentClocksEventReasons(nvmlDevice_t device,
                                                  unsigned long long* reasons) {
  return on_gpu(__func__, device,
                [&](View& v) { return put<unsigned long long>(reasons, v.gpu.reasons); });
}

ACCEL_NVML nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device,
                                                     unsigned long long* reasons) {
  return on_gpu(__func__, device,
                [&](View& v) { return put<unsigned long long>(reasons, v.gpu.reasons); });
}

ACCEL_NVML nvmlDeviceGetSupportedClocksEventReasons(nvmlDevice_t device,
                                                    unsigned long long* reasons) {
  return on_gpu(__func__, device, [&](View&) { return put(reasons, kSupported); });
}

ACCEL_NVML nvmlDeviceGetSupportedClocksThrottleReasons(nvmlDevice_t device,
                                                       unsigned long long* reasons) {
  return on_gpu(__func__, device, [&](View&) { return put(reasons, kSupported); });
}

ACCEL_NVML nvmlDeviceGetViolationStatus(nvmlDevice_t device, nvmlPerfPolicyType_t policy,
                                        nvmlViolationTime_t* time) {
  return on_gpu(__func__, device, [&](View& v) {
    if (time == nullptr || policy > 11) return NVML_ERROR_INVALID_ARGUMENT;
    time->referenceTime = static_cast<unsigned long long>(micros(v.now));
    time->violationTime = static_cast<unsigned long long>(v.gpu.totals.violation[policy]);
    return NVML_SUCCESS;
  });
}
