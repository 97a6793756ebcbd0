// Who a device is: names, numbers, product, firmware.

#include <cstdio>
#include <string>

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

/// A text that the product may lack.
nvmlReturn_t put_known(char* out, unsigned int length, std::string_view text) {
  if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  return text.empty() ? NVML_ERROR_NOT_SUPPORTED : put_text(out, length, text);
}

}  // namespace

ACCEL_NVML nvmlDeviceGetName(nvmlDevice_t device, char* name, unsigned int length) {
  return on_device(__func__, device, [&](View& v) {
    std::string text(v.board.name.view());
    if (v.is_mig()) text += " MIG " + std::string(v.profile().name.view());
    return put_text(name, length, text);
  });
}

ACCEL_NVML nvmlDeviceGetUUID(nvmlDevice_t device, char* uuid, unsigned int length) {
  return on_device(__func__, device, [&](View& v) {
    return put_text(uuid, length, v.is_mig() ? v.compute().uuid.view() : v.gpu.uuid.view());
  });
}

ACCEL_NVML nvmlDeviceGetSerial(nvmlDevice_t device, char* serial, unsigned int length) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_known(serial, length, v.gpu.serial.view()); });
}

ACCEL_NVML nvmlDeviceGetIndex(nvmlDevice_t device, unsigned int* index) {
  return on_device(__func__, device, [&](View& v) {
    return put(index, v.is_mig() ? v.compute().number : v.gpu.index);
  });
}

ACCEL_NVML nvmlDeviceGetMinorNumber(nvmlDevice_t device, unsigned int* minor) {
  return on_gpu(__func__, device, [&](View& v) { return put(minor, v.gpu.minor); });
}

ACCEL_NVML nvmlDeviceGetModuleId(nvmlDevice_t device, unsigned int* id) {
  return on_gpu(__func__, device, [&](View& v) { return put(id, v.gpu.module_id); });
}

ACCEL_NVML nvmlDeviceGetBoardId(nvmlDevice_t device, unsigned int* id) {
  return on_gpu(__func__, device, [&](View& v) {
    return put(id, v.gpu.domain << 16 | v.gpu.bus << 8 | v.gpu.device << 3);
  });
}

ACCEL_NVML nvmlDeviceGetMultiGpuBoard(nvmlDevice_t device, unsigned int* multi) {
  return on_gpu(__func__, device, [&](View&) { return put(multi, 0U); });
}

ACCEL_NVML nvmlDeviceOnSameBoard(nvmlDevice_t first, nvmlDevice_t second, int* same) {
  return on_gpu(__func__, first, [&](View&) { return put(same, first == second ? 1 : 0); });
}

ACCEL_NVML nvmlDeviceGetBoardPartNumber(nvmlDevice_t device, char* number, unsigned int length) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_known(number, length, v.board.part_number.view()); });
}

ACCEL_NVML nvmlDeviceGetVbiosVersion(nvmlDevice_t device, char* version, unsigned int length) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_text(version, length, v.board.vbios.view()); });
}

ACCEL_NVML nvmlDeviceGetInforomImageVersion(nvmlDevice_t device, char* version,
                                            unsigned int length) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_known(version, length, v.board.inforom_image.view()); });
}

ACCEL_NVML nvmlDeviceGetInforomVersion(nvmlDevice_t device, nvmlInforomObject_t object,
                                       char* version, unsigned int length) {
  return on_gpu(__func__, device, [&](View& v) {
    switch (object) {
      case 0: return put_known(version, length, v.board.inforom_oem.view());
      case 1: return put_known(version, length, v.board.inforom_ecc.view());
      case 2: return put_known(version, length, v.board.inforom_power.view());
      case 3: return NVML_ERROR_NOT_SUPPORTED;
      default: return NVML_ERROR_INVALID_ARGUMENT;
    }
  });
}

ACCEL_NVML nvmlDeviceGetInforomConfigurationChecksum(nvmlDevice_t device, unsigned int* checksum) {
  return on_gpu(__func__, device, [&](View& v) {
    if (v.board.inforom_image.empty()) return NVML_ERROR_NOT_SUPPORTED;
    return put(checksum, static_cast<unsigned int>(v.gpu.seed));
  });
}

ACCEL_NVML nvmlDeviceValidateInforom(nvmlDevice_t device) {
  return on_gpu(__func__, device, [](View& v) {
    return v.board.inforom_image.empty() ? NVML_ERROR_NOT_SUPPORTED : NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetBrand(nvmlDevice_t device, nvmlBrandType_t* brand) {
  return on_gpu(__func__, device, [&](View& v) { return put(brand, v.board.brand); });
}

ACCEL_NVML nvmlDeviceGetArchitecture(nvmlDevice_t device, nvmlDeviceArchitecture_t* architecture) {
  return on_gpu(__func__, device, [&](View& v) { return put(architecture, v.board.architecture); });
}

ACCEL_NVML nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int* major, int* minor) {
  return on_device(__func__, device, [&](View& v) {
    if (major == nullptr || minor == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *major = static_cast<int>(v.board.capability_major);
    *minor = static_cast<int>(v.board.capability_minor);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetNumGpuCores(nvmlDevice_t device, unsigned int* cores) {
  return on_gpu(__func__, device, [&](View& v) { return put(cores, v.board.cores); });
}

ACCEL_NVML nvmlDeviceGetPdi(nvmlDevice_t device, nvmlPdi_v1_t* pdi) {
  return on_gpu(__func__, device, [&](View& v) {
    if (pdi == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (pdi->version != version_word<nvmlPdi_v1_t>(1)) return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    pdi->value = v.gpu.seed;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetPlatformInfo(nvmlDevice_t device, nvmlPlatformInfo_v2_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    // Versions 1 and 2 have one layout and differ in what the fields are called.
    if (info->version != version_word<nvmlPlatformInfo_v2_t>(1) &&
        info->version != version_word<nvmlPlatformInfo_v2_t>(2)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    if (v.board.features.fabric == 0) return NVML_ERROR_NOT_SUPPORTED;
    const unsigned int version = info->version;
    *info = {};
    info->version = version;
    info->moduleId = static_cast<unsigned char>(v.gpu.module_id);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetAttributes_v2(nvmlDevice_t device, nvmlDeviceAttributes_t* attributes) {
  return on_device(__func__, device, [&](View& v) {
    if (attributes == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    // Whole GPUs have no attributes; CUDA knows them.
    if (!v.is_mig()) return NVML_ERROR_NOT_SUPPORTED;
    const MigProfile& profile = v.profile();
    *attributes = {
        .multiprocessorCount = compute_multiprocessors(v.board, profile, v.compute().slices),
        .sharedCopyEngineCount = profile.copy_engines,
        .sharedDecoderCount = profile.decoders,
        .sharedEncoderCount = profile.encoders,
        .sharedJpegCount = profile.jpegs,
        .sharedOfaCount = profile.ofas,
        .gpuInstanceSliceCount = profile.slices,
        .computeInstanceSliceCount = v.compute().slices,
        .memorySizeMB = profile.memory_mib};
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetAttributes(nvmlDevice_t device, nvmlDeviceAttributes_t* attributes) {
  return nvmlDeviceGetAttributes_v2(device, attributes);
}
