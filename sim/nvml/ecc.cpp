// Error correction: its mode, its counters, and the repairs that follow from them.

#include "call.hpp"
#include "structs_errors.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

enum Location : unsigned int { kL1, kL2, kDram, kRegister, kTexture, kTextureShm, kCbu, kSram };

constexpr unsigned int kTypes = 2;     // corrected, uncorrected
constexpr unsigned int kCounters = 2;  // volatile, aggregate

bool has_ecc(const View& v) { return v.board.features.ecc != 0; }

/// Turing and later count device memory and, together, all SRAM (nvml.h, nvmlMemoryLocation_t).
/// A Tesla T4 is seen to refuse the single caches:
/// github.com/NVIDIA/gpu-monitoring-tools/issues/35.
bool has_location(const Board& board, unsigned int location) {
  if (location == kDram) return true;
  return board.architecture >= 6 ? location == kSram : location != kSram && location != kTextureShm;
}

nvmlReturn_t check(const View& v, unsigned int type, unsigned int counter) {
  if (type >= kTypes || counter >= kCounters) return NVML_ERROR_INVALID_ARGUMENT;
  // Counters stand still, and are not shown, while correction is off.
  return has_ecc(v) && v.gpu.settings.ecc_current != 0 ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

unsigned long long total(const View& v, unsigned int type, unsigned int counter) {
  unsigned long long sum = 0;
  for (const std::uint64_t count : v.gpu.errors.ecc[type][counter]) sum += count;
  return sum;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetEccMode(nvmlDevice_t device, nvmlEnableState_t* current,
                                nvmlEnableState_t* pending) {
  return on_gpu(__func__, device, [&](View& v) {
    if (current == nullptr || pending == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!has_ecc(v)) return NVML_ERROR_NOT_SUPPORTED;
    *current = v.gpu.settings.ecc_current;
    *pending = v.gpu.settings.ecc_pending;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetDefaultEccMode(nvmlDevice_t device, nvmlEnableState_t* mode) {
  return on_gpu(__func__, device,
                [&](View& v) { return has_ecc(v) ? put(mode, 1U) : NVML_ERROR_NOT_SUPPORTED; });
}

ACCEL_NVML nvmlDeviceSetEccMode(nvmlDevice_t device, nvmlEnableState_t mode) {
  return change_gpu(__func__, device, [&](View& v) {
    if (mode > 1) return NVML_ERROR_INVALID_ARGUMENT;
    if (!has_ecc(v)) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.ecc_pending = mode;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetTotalEccErrors(nvmlDevice_t device, nvmlMemoryErrorType_t type,
                                       nvmlEccCounterType_t counter, unsigned long long* count) {
  return on_gpu(__func__, device, [&](View& v) {
    const nvmlReturn_t bad = check(v, type, counter);
    return bad == NVML_SUCCESS ? put(count, total(v, type, counter)) : bad;
  });
}

ACCEL_NVML nvmlDeviceGetDetailedEccErrors(nvmlDevice_t device, nvmlMemoryErrorType_t type,
                                          nvmlEccCounterType_t counter,
                                          nvmlEccErrorCounts_t* counts) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check(v, type, counter); bad != NVML_SUCCESS) return bad;
    const auto& errors = v.gpu.errors.ecc[type][counter];
    return put(counts,
               nvmlEccErrorCounts_t{errors[kL1], errors[kL2], errors[kDram], errors[kRegister]});
  });
}

ACCEL_NVML nvmlDeviceGetMemoryErrorCounter(nvmlDevice_t device, nvmlMemoryErrorType_t type,
                                           nvmlEccCounterType_t counter,
                                           nvmlMemoryLocation_t location,
                                           unsigned long long* count) {
  return on_gpu(__func__, device, [&](View& v) {
    if (location > kSram) return NVML_ERROR_INVALID_ARGUMENT;
    if (const nvmlReturn_t bad = check(v, type, counter); bad != NVML_SUCCESS) return bad;
    if (!has_location(v.board, location)) return NVML_ERROR_NOT_SUPPORTED;
    return put<unsigned long long>(count, v.gpu.errors.ecc[type][counter][location]);
  });
}

ACCEL_NVML nvmlDeviceClearEccErrorCounts(nvmlDevice_t device, nvmlEccCounterType_t counter) {
  return change_gpu(__func__, device, [&](View& v) {
    if (counter >= kCounters) return NVML_ERROR_INVALID_ARGUMENT;
    if (!has_ecc(v)) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    for (auto& type : v.gpu.errors.ecc)
      std::fill(std::begin(type[counter]), std::end(type[counter]), 0);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetSramEccErrorStatus(nvmlDevice_t device,
                                           nvmlEccSramErrorStatus_v1_t* status) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check_version(status, 1); bad != NVML_SUCCESS) return bad;
    if (!has_ecc(v) || v.board.architecture < 7) return NVML_ERROR_NOT_SUPPORTED;
    const unsigned int version = status->version;
    *status = {};
    status->version = version;
    status->volatileCor = v.gpu.errors.ecc[0][0][kSram];
    status->aggregateCor = v.gpu.errors.ecc[0][1][kSram];
    status->volatileUncSecDed = v.gpu.errors.ecc[1][0][kSram];
    status->aggregateUncSecDed = v.gpu.errors.ecc[1][1][kSram];
    status->aggregateUncBucketSm = status->aggregateUncSecDed;
    return NVML_SUCCESS;
  });
}
