// MIG mode of a GPU and the devices that it shows while the mode is on.

#include "call.hpp"
#include "session.hpp"
#include "structs_mig.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

bool can_mig(const View& v) { return v.board.mig_profile_count > 0; }

bool has_instances(const Gpu& gpu) {
  return std::any_of(std::begin(gpu.instances), std::end(gpu.instances),
                     [](const GpuInstance& instance) { return instance.used != 0; });
}

/// What happens when the pending mode is to become the current one.
nvmlReturn_t activate(Gpu& gpu, unsigned int mode) {
  if (gpu.settings.mig_current == mode) return NVML_SUCCESS;
  if (gpu.process_count > 0 || has_instances(gpu)) return NVML_ERROR_IN_USE;
  gpu.settings.mig_current = mode;
  clear_instances(gpu);
  return NVML_SUCCESS;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int* current, unsigned int* pending) {
  return on_gpu(__func__, device, [&](View& v) {
    if (current == nullptr || pending == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!can_mig(v)) return NVML_ERROR_NOT_SUPPORTED;
    *current = v.gpu.settings.mig_current;
    *pending = v.gpu.settings.mig_pending;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceSetMigMode(nvmlDevice_t device, unsigned int mode, nvmlReturn_t* activation) {
  return change_gpu(__func__, device, [&](View& v) {
    if (activation == nullptr || mode > 1) return NVML_ERROR_INVALID_ARGUMENT;
    if (!can_mig(v)) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.mig_pending = mode;
    *activation = activate(v.gpu, mode);
    // Ampere resets the GPU on the way, which brings a pending ECC mode into effect too.
    if (*activation == NVML_SUCCESS && v.board.features.mig_reset != 0) {
      v.gpu.settings.ecc_current = v.gpu.settings.ecc_pending;
    }
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned int* count) {
  return on_gpu(__func__, device, [&](View& v) {
    return put(count, v.gpu.settings.mig_current != 0 ? max_mig_devices(v.board) : 0U);
  });
}

ACCEL_NVML nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned int index,
                                               nvmlDevice_t* mig) {
  return on_gpu(__func__, device, [&](View& v) {
    if (mig == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!can_mig(v)) return NVML_ERROR_NOT_SUPPORTED;
    if (index >= max_mig_devices(v.board)) return NVML_ERROR_INVALID_ARGUMENT;
    int instance = -1;
    int compute = -1;
    if (!mig_device(v.gpu, index, instance, compute)) return NVML_ERROR_NOT_FOUND;
    *mig = mig_handle(v.gpu, instance, compute);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceIsMigDeviceHandle(nvmlDevice_t device, unsigned int* is_mig) {
  return on_device(__func__, device, [&](View& v) { return put(is_mig, v.is_mig() ? 1U : 0U); });
}

ACCEL_NVML nvmlDeviceGetDeviceHandleFromMigDeviceHandle(nvmlDevice_t mig, nvmlDevice_t* device) {
  return on_device(__func__, mig, [&](View& v) {
    return v.is_mig() ? put(device, device_handle(v.gpu)) : NVML_ERROR_INVALID_ARGUMENT;
  });
}

ACCEL_NVML nvmlDeviceGetGpuInstanceId(nvmlDevice_t device, unsigned int* id) {
  return on_device(__func__, device, [&](View& v) {
    return v.is_mig() ? put(id, v.gpu_instance().id) : NVML_ERROR_NOT_SUPPORTED;
  });
}

ACCEL_NVML nvmlDeviceGetComputeInstanceId(nvmlDevice_t device, unsigned int* id) {
  return on_device(__func__, device, [&](View& v) {
    return v.is_mig() ? put(id, v.compute().id) : NVML_ERROR_NOT_SUPPORTED;
  });
}
