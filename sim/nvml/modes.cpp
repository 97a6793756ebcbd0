// Modes of a device: persistence, compute, accounting, display, virtualisation, firmware.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kExclusiveThread = 1;  // removed from the driver long ago
constexpr unsigned int kComputeModes = 4;     // NVML_COMPUTEMODE_COUNT
constexpr unsigned int kRestrictedApis = 2;   // NVML_RESTRICTED_API_COUNT

struct ConfComputeCaps {  // nvmlConfComputeSystemCaps_t
  unsigned int cpuCaps, gpusCaps;
};
struct ConfComputeState {  // nvmlConfComputeSystemState_t
  unsigned int environment, ccFeature, devToolsMode;
};

}  // namespace

ACCEL_NVML nvmlDeviceGetPersistenceMode(nvmlDevice_t device, nvmlEnableState_t* mode) {
  return on_gpu(__func__, device, [&](View& v) { return put(mode, v.gpu.settings.persistence); });
}

ACCEL_NVML nvmlDeviceSetPersistenceMode(nvmlDevice_t device, nvmlEnableState_t mode) {
  return change_gpu(__func__, device, [&](View& v) {
    if (mode > 1) return NVML_ERROR_INVALID_ARGUMENT;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.persistence = mode;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetComputeMode(nvmlDevice_t device, nvmlComputeMode_t* mode) {
  return on_gpu(__func__, device, [&](View& v) { return put(mode, v.gpu.settings.compute_mode); });
}

ACCEL_NVML nvmlDeviceSetComputeMode(nvmlDevice_t device, nvmlComputeMode_t mode) {
  return change_gpu(__func__, device, [&](View& v) {
    if (mode >= kComputeModes) return NVML_ERROR_INVALID_ARGUMENT;
    if (mode == kExclusiveThread) return NVML_ERROR_NOT_SUPPORTED;
    // In MIG mode only the default is allowed.
    if (v.gpu.settings.mig_current != 0 && mode != 0) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.compute_mode = mode;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetAPIRestriction(nvmlDevice_t device, nvmlRestrictedAPI_t api,
                                       nvmlEnableState_t* restricted) {
  return on_gpu(__func__, device, [&](View& v) {
    if (api >= kRestrictedApis) return NVML_ERROR_INVALID_ARGUMENT;
    // Auto boost ended with Maxwell (architecture 3).
    if (api == 1 || v.board.clocks.graphics_default == 0) return NVML_ERROR_NOT_SUPPORTED;
    return put(restricted, v.gpu.settings.api_restricted[api]);
  });
}

ACCEL_NVML nvmlDeviceSetAPIRestriction(nvmlDevice_t device, nvmlRestrictedAPI_t api,
                                       nvmlEnableState_t restricted) {
  return change_gpu(__func__, device, [&](View& v) {
    if (api >= kRestrictedApis || restricted > 1) return NVML_ERROR_INVALID_ARGUMENT;
    if (api == 1 || v.board.clocks.graphics_default == 0) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.api_restricted[api] = restricted;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetDisplayMode(nvmlDevice_t device, nvmlEnableState_t* mode) {
  return on_gpu(__func__, device, [&](View& v) { return put(mode, v.board.features.display); });
}

ACCEL_NVML nvmlDeviceGetDisplayActive(nvmlDevice_t device, nvmlEnableState_t* active) {
  return on_gpu(__func__, device, [&](View& v) { return put(active, v.board.features.display); });
}

ACCEL_NVML nvmlDeviceGetVirtualizationMode(nvmlDevice_t device, nvmlGpuVirtualizationMode_t* mode) {
  return on_gpu(__func__, device, [&](View&) { return put(mode, 0U); });  // none
}

ACCEL_NVML nvmlDeviceGetGspFirmwareMode(nvmlDevice_t device, unsigned int* enabled,
                                        unsigned int* by_default) {
  return on_gpu(__func__, device, [&](View& v) {
    if (enabled == nullptr || by_default == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *enabled = *by_default = v.board.features.gsp;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetGspFirmwareVersion(nvmlDevice_t device, char* version) {
  return on_gpu(__func__, device, [&](View& v) {
    if (v.board.features.gsp == 0) return NVML_ERROR_NOT_SUPPORTED;
    return put_text(version, 64, v.node.driver_version.view());  // the buffer is of this size
  });
}

ACCEL_NVML nvmlDeviceGetAdaptiveClockInfoStatus(nvmlDevice_t device, unsigned int* status) {
  return on_gpu(__func__, device, [&](View& v) {
    return v.board.architecture < 8 ? NVML_ERROR_NOT_SUPPORTED : put(status, 1U);
  });
}

ACCEL_NVML nvmlDeviceGetClkMonStatus(nvmlDevice_t device, nvmlClkMonStatus_t* status) {
  return on_gpu(__func__, device, [&](View& v) {
    if (status == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.board.architecture < 7) return NVML_ERROR_NOT_SUPPORTED;
    *status = {};
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetCapabilities(nvmlDevice_t device, nvmlDeviceCapabilities_v1_t* caps) {
  return on_gpu(__func__, device, [&](View&) {
    if (const nvmlReturn_t bad = check_version(caps, 1); bad != NVML_SUCCESS) return bad;
    caps->capMask = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetC2cModeInfoV(nvmlDevice_t device, nvmlC2cModeInfo_v1_t* info) {
  return on_gpu(__func__, device, [&](View&) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    info->isC2cEnabled = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetAddressingMode(nvmlDevice_t device, nvmlDeviceAddressingMode_v1_t* mode) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check_version(mode, 1); bad != NVML_SUCCESS) return bad;
    mode->value = v.board.architecture >= 6 ? 1 : 0;  // HMM, from Turing on
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlSystemGetConfComputeCapabilities(ConfComputeCaps* caps) {
  return on_node(__func__, [&](Node&) { return put(caps, ConfComputeCaps{0, 0}); });
}

ACCEL_NVML nvmlSystemGetConfComputeState(ConfComputeState* state) {
  return on_node(__func__, [&](Node&) { return put(state, ConfComputeState{0, 0, 0}); });
}

ACCEL_NVML nvmlDeviceModifyDrainState(nvmlPciInfo_t* pci, nvmlEnableState_t state) {
  return on_node(__func__, [&](Node& node) {
    if (pci == nullptr || state > 1) return NVML_ERROR_INVALID_ARGUMENT;
    for (Gpu& gpu : gpus_of(node)) {
      if (gpu.domain != pci->domain || gpu.bus != pci->bus || gpu.device != pci->device) continue;
      if (!is_root()) return NVML_ERROR_NO_PERMISSION;
      gpu.settings.drained = state;
      return NVML_SUCCESS;
    }
    return NVML_ERROR_INVALID_ARGUMENT;
  });
}

ACCEL_NVML nvmlDeviceQueryDrainState(nvmlPciInfo_t* pci, nvmlEnableState_t* state) {
  return on_node(__func__, [&](Node& node) {
    if (pci == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    for (const Gpu& gpu : gpus_of(node)) {
      if (gpu.domain == pci->domain && gpu.bus == pci->bus && gpu.device == pci->device) {
        return put(state, gpu.settings.drained);
      }
    }
    return NVML_ERROR_INVALID_ARGUMENT;
  });
}
