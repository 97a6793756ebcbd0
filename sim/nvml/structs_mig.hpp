// Structures of NVML about MIG instances and their profiles.
#pragma once

#include "structs_device.hpp"

struct nvmlGpuInstancePlacement_t {
  unsigned int start, size;
};
using nvmlComputeInstancePlacement_t = nvmlGpuInstancePlacement_t;
ACCEL_SIZE(nvmlGpuInstancePlacement_t, 8);

struct nvmlGpuInstanceInfo_t {
  nvmlDevice_t device;
  unsigned int id, profileId;
  nvmlGpuInstancePlacement_t placement;
};
ACCEL_SIZE(nvmlGpuInstanceInfo_t, 24);

struct nvmlComputeInstanceInfo_t {
  nvmlDevice_t device;
  nvmlGpuInstance_t gpuInstance;
  unsigned int id, profileId;
  nvmlComputeInstancePlacement_t placement;
};
ACCEL_SIZE(nvmlComputeInstanceInfo_t, 32);
/// The unversioned call of old clients has no placement.
inline constexpr std::size_t kComputeInstanceInfoSize1 = 24;

struct nvmlGpuInstanceProfileInfo_t {
  unsigned int id, isP2pSupported, sliceCount, instanceCount, multiprocessorCount, copyEngineCount,
      decoderCount, encoderCount, jpegCount, ofaCount;
  unsigned long long memorySizeMB;
};
ACCEL_SIZE(nvmlGpuInstanceProfileInfo_t, 48);

struct nvmlGpuInstanceProfileInfo_v2_t {
  unsigned int version, id, isP2pSupported, sliceCount, instanceCount, multiprocessorCount,
      copyEngineCount, decoderCount, encoderCount, jpegCount, ofaCount;
  unsigned long long memorySizeMB;
  char name[96];
};
ACCEL_SIZE(nvmlGpuInstanceProfileInfo_v2_t, 152);

struct nvmlGpuInstanceProfileInfo_v3_t {
  unsigned int version, id, sliceCount, instanceCount, multiprocessorCount, copyEngineCount,
      decoderCount, encoderCount, jpegCount, ofaCount;
  unsigned long long memorySizeMB;
  char name[96];
  unsigned int capabilities;
};
ACCEL_SIZE(nvmlGpuInstanceProfileInfo_v3_t, 152);
ACCEL_AT(nvmlGpuInstanceProfileInfo_v3_t, name, 48);

struct nvmlComputeInstanceProfileInfo_t {
  unsigned int id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount,
      sharedDecoderCount, sharedEncoderCount, sharedJpegCount, sharedOfaCount;
};
ACCEL_SIZE(nvmlComputeInstanceProfileInfo_t, 36);

struct nvmlComputeInstanceProfileInfo_v2_t {
  unsigned int version, id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount,
      sharedDecoderCount, sharedEncoderCount, sharedJpegCount, sharedOfaCount;
  char name[96];
};
ACCEL_SIZE(nvmlComputeInstanceProfileInfo_v2_t, 136);

struct nvmlComputeInstanceProfileInfo_v3_t {
  nvmlComputeInstanceProfileInfo_v2_t base;
  unsigned int capabilities;
};
ACCEL_SIZE(nvmlComputeInstanceProfileInfo_v3_t, 140);
