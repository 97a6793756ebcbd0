// The C types of NVML that every other header here builds on: handles, return codes, enumerations.
// Names are the vendor's; values are those of NVML 13 (CUDA 13.3).
#pragma once

#include <cstddef>
#include <cstdint>

// Handles are opaque numbers here: a client that passes garbage is told so and never crashes us.
using nvmlDevice_t = struct nvmlDevice_st*;
using nvmlGpuInstance_t = struct nvmlGpuInstance_st*;
using nvmlComputeInstance_t = struct nvmlComputeInstance_st*;
using nvmlEventSet_t = struct nvmlEventSet_st*;
using nvmlSystemEventSet_t = struct nvmlSystemEventSet_st*;
using nvmlUnit_t = struct nvmlUnit_st*;
using nvmlGpmSample_t = struct nvmlGpmSample_st*;

enum nvmlReturn_t : int {
  NVML_SUCCESS = 0,
  NVML_ERROR_UNINITIALIZED = 1,
  NVML_ERROR_INVALID_ARGUMENT = 2,
  NVML_ERROR_NOT_SUPPORTED = 3,
  NVML_ERROR_NO_PERMISSION = 4,
  NVML_ERROR_NOT_FOUND = 6,
  NVML_ERROR_INSUFFICIENT_SIZE = 7,
  NVML_ERROR_DRIVER_NOT_LOADED = 9,
  NVML_ERROR_TIMEOUT = 10,
  NVML_ERROR_GPU_IS_LOST = 15,
  NVML_ERROR_RESET_REQUIRED = 16,
  NVML_ERROR_OPERATING_SYSTEM = 17,
  NVML_ERROR_LIB_RM_VERSION_MISMATCH = 18,
  NVML_ERROR_IN_USE = 19,
  NVML_ERROR_MEMORY = 20,
  NVML_ERROR_NO_DATA = 21,
  NVML_ERROR_INSUFFICIENT_RESOURCES = 23,
  NVML_ERROR_ARGUMENT_VERSION_MISMATCH = 25,
  NVML_ERROR_UNKNOWN = 999,
};

// Enumerations that clients pass are plain integers, so that any value may arrive.
using nvmlEnableState_t = unsigned int;
using nvmlClockType_t = unsigned int;
using nvmlClockId_t = unsigned int;
using nvmlPstates_t = unsigned int;
using nvmlTemperatureSensors_t = unsigned int;
using nvmlTemperatureThresholds_t = unsigned int;
using nvmlBrandType_t = unsigned int;
using nvmlComputeMode_t = unsigned int;
using nvmlMemoryErrorType_t = unsigned int;
using nvmlEccCounterType_t = unsigned int;
using nvmlMemoryLocation_t = unsigned int;
using nvmlPageRetirementCause_t = unsigned int;
using nvmlRestrictedAPI_t = unsigned int;
using nvmlGpuTopologyLevel_t = unsigned int;
using nvmlGpuP2PCapsIndex_t = unsigned int;
using nvmlGpuP2PStatus_t = unsigned int;
using nvmlPcieUtilCounter_t = unsigned int;
using nvmlSamplingType_t = unsigned int;
using nvmlValueType_t = unsigned int;
using nvmlPerfPolicyType_t = unsigned int;
using nvmlNvLinkCapability_t = unsigned int;
using nvmlNvLinkErrorCounter_t = unsigned int;
using nvmlIntNvLinkDeviceType_t = unsigned int;
using nvmlEncoderType_t = unsigned int;
using nvmlGpuVirtualizationMode_t = unsigned int;
using nvmlHostVgpuMode_t = unsigned int;
using nvmlInforomObject_t = unsigned int;
using nvmlDriverModel_t = unsigned int;
using nvmlGpuOperationMode_t = unsigned int;
using nvmlFanControlPolicy_t = unsigned int;
using nvmlAffinityScope_t = unsigned int;
using nvmlBusType_t = unsigned int;
using nvmlPowerSource_t = unsigned int;
using nvmlDeviceArchitecture_t = unsigned int;

inline constexpr unsigned int NVML_CLOCK_GRAPHICS = 0;
inline constexpr unsigned int NVML_CLOCK_SM = 1;
inline constexpr unsigned int NVML_CLOCK_MEM = 2;
inline constexpr unsigned int NVML_CLOCK_VIDEO = 3;

inline constexpr unsigned int NVML_VALUE_TYPE_DOUBLE = 0;
inline constexpr unsigned int NVML_VALUE_TYPE_UNSIGNED_INT = 1;
inline constexpr unsigned int NVML_VALUE_TYPE_UNSIGNED_LONG = 2;
inline constexpr unsigned int NVML_VALUE_TYPE_UNSIGNED_LONG_LONG = 3;
inline constexpr unsigned int NVML_VALUE_TYPE_SIGNED_LONG_LONG = 4;
inline constexpr unsigned int NVML_VALUE_TYPE_SIGNED_INT = 5;

/// The word that a versioned structure carries first.
template <class T>
constexpr unsigned int version_word(unsigned int version) {
  return static_cast<unsigned int>(sizeof(T)) | version << 24;
}
