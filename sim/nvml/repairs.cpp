// What the driver took out of use after errors: remapped rows on Ampere and later, retired pages
// before.

#include "call.hpp"
#include "structs_errors.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

/// Copies the addresses of retired pages; both causes keep theirs in one list, single first.
nvmlReturn_t retired(const View& v, unsigned int cause, unsigned int* count,
                     unsigned long long* addresses, unsigned long long* times) {
  if (count == nullptr || cause > 1) return NVML_ERROR_INVALID_ARGUMENT;
  if (v.board.features.page_retirement == 0) return NVML_ERROR_NOT_SUPPORTED;
  const GpuErrors& errors = v.gpu.errors;
  const std::uint32_t first = cause == 0 ? 0 : errors.retired_single;
  const std::uint32_t total = cause == 0 ? errors.retired_single : errors.retired_double;
  const unsigned int room = *count;
  *count = total;
  if (total > 0 && (addresses == nullptr || room < total)) return NVML_ERROR_INSUFFICIENT_SIZE;
  for (std::uint32_t i = 0; i < total; ++i) {
    addresses[i] = first + i < kMaxRetiredPages ? errors.retired_address[first + i] : 0;
    if (times != nullptr) times[i] = static_cast<unsigned long long>(v.node.clock.started);
  }
  return NVML_SUCCESS;
}

bool remaps(const View& v) { return v.board.features.row_remap != 0; }

}  // namespace

ACCEL_NVML nvmlDeviceGetRemappedRows(nvmlDevice_t device, unsigned int* corrected,
                                     unsigned int* uncorrected, unsigned int* pending,
                                     unsigned int* failure) {
  return on_gpu(__func__, device, [&](View& v) {
    if (corrected == nullptr || uncorrected == nullptr || pending == nullptr ||
        failure == nullptr) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (!remaps(v)) return NVML_ERROR_NOT_SUPPORTED;
    *corrected = v.gpu.errors.remapped_corrected;
    *uncorrected = v.gpu.errors.remapped_uncorrected;
    *pending = v.gpu.errors.remap_pending;
    *failure = v.gpu.errors.remap_failure;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetRemappedRows_v2(nvmlDevice_t device, nvmlRemappedRowsInfo_v2_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!remaps(v)) return NVML_ERROR_NOT_SUPPORTED;
    *info = {.corrActiveRemaps = v.gpu.errors.remapped_corrected,
             .uncActiveRemaps = v.gpu.errors.remapped_uncorrected,
             .bPending = v.gpu.errors.remap_pending,
             .bFailureOccurred = v.gpu.errors.remap_failure};
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetRowRemapperHistogram(nvmlDevice_t device,
                                             nvmlRowRemapperHistogramValues_t* values) {
  return on_gpu(__func__, device, [&](View& v) {
    if (values == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!remaps(v)) return NVML_ERROR_NOT_SUPPORTED;
    // Banks of memory, as nvidia-smi shows them: 640 on A100, 2560 on H100.
    const unsigned int banks = v.board.architecture >= 9 ? 2560 : 640;
    const unsigned int touched =
        std::min(banks, v.gpu.errors.remapped_corrected + v.gpu.errors.remapped_uncorrected);
    *values = {.max = banks - touched, .high = touched};
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetRetiredPages(nvmlDevice_t device, nvmlPageRetirementCause_t cause,
                                     unsigned int* count, unsigned long long* addresses) {
  return on_gpu(__func__, device,
                [&](View& v) { return retired(v, cause, count, addresses, nullptr); });
}

ACCEL_NVML nvmlDeviceGetRetiredPages_v2(nvmlDevice_t device, nvmlPageRetirementCause_t cause,
                                        unsigned int* count, unsigned long long* addresses,
                                        unsigned long long* times) {
  return on_gpu(__func__, device,
                [&](View& v) { return retired(v, cause, count, addresses, times); });
}

ACCEL_NVML nvmlDeviceGetRetiredPagesPendingStatus(nvmlDevice_t device, nvmlEnableState_t* pending) {
  return on_gpu(__func__, device, [&](View& v) {
    if (v.board.features.page_retirement == 0) return NVML_ERROR_NOT_SUPPORTED;
    return put(pending, v.gpu.errors.retirement_pending);
  });
}

ACCEL_NVML nvmlDeviceGetRepairStatus(nvmlDevice_t device, nvmlRepairStatus_v1_t* status) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check_version(status, 1); bad != NVML_SUCCESS) return bad;
    if (!remaps(v)) return NVML_ERROR_NOT_SUPPORTED;
    status->bChannelRepairPending = status->bTpcRepairPending = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetUnrepairableMemoryFlag_v1(nvmlDevice_t device,
                                                  nvmlUnrepairableMemoryStatus_v1_t* status) {
  return on_gpu(__func__, device, [&](View& v) {
    if (status == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!remaps(v)) return NVML_ERROR_NOT_SUPPORTED;
    status->bUnrepairableMemory = v.gpu.errors.remap_failure;
    return NVML_SUCCESS;
  });
}
