// Structures of NVML about errors: ECC, remapped rows, links between GPUs.
#pragma once

#include "structs_device.hpp"

struct nvmlEccErrorCounts_t {
  unsigned long long l1Cache, l2Cache, deviceMemory, registerFile;
};
ACCEL_SIZE(nvmlEccErrorCounts_t, 32);

struct nvmlEccSramErrorStatus_v1_t {
  unsigned int version;
  unsigned long long aggregateUncParity, aggregateUncSecDed, aggregateCor, volatileUncParity,
      volatileUncSecDed, volatileCor, aggregateUncBucketL2, aggregateUncBucketSm,
      aggregateUncBucketPcie, aggregateUncBucketMcu, aggregateUncBucketOther;
  unsigned int bThresholdExceeded;
};
ACCEL_SIZE(nvmlEccSramErrorStatus_v1_t, 104);
ACCEL_AT(nvmlEccSramErrorStatus_v1_t, volatileCor, 48);
ACCEL_AT(nvmlEccSramErrorStatus_v1_t, bThresholdExceeded, 96);

struct nvmlRowRemapperHistogramValues_t {
  unsigned int max, high, partial, low, none;
};
ACCEL_SIZE(nvmlRowRemapperHistogramValues_t, 20);

struct nvmlRemappedRowsInfo_v2_t {
  unsigned int corrActiveRemaps, corrInactiveRemaps, uncActiveRemaps, uncInactiveRemaps, bPending,
      bFailureOccurred;
};
ACCEL_SIZE(nvmlRemappedRowsInfo_v2_t, 24);

struct nvmlGpuFabricInfo_t {
  unsigned char clusterUuid[16];
  nvmlReturn_t status;
  unsigned int cliqueId;
  unsigned char state;
};
ACCEL_SIZE(nvmlGpuFabricInfo_t, 28);

struct nvmlGpuFabricInfo_v3_t {
  unsigned int version;
  unsigned char clusterUuid[16];
  nvmlReturn_t status;
  unsigned int cliqueId;
  unsigned char state;
  unsigned int healthMask;
  unsigned char healthSummary;
};
ACCEL_SIZE(nvmlGpuFabricInfo_v3_t, 40);
ACCEL_AT(nvmlGpuFabricInfo_v3_t, healthMask, 32);

/// Version 2 ends before the summary.
inline constexpr unsigned int kFabricInfoSize2 = 36;

struct nvmlNvLinkInfo_v1_t {
  unsigned int version, isNvleEnabled;
};
ACCEL_SIZE(nvmlNvLinkInfo_v1_t, 8);

struct nvmlUnrepairableMemoryStatus_v1_t {
  unsigned int bUnrepairableMemory;
};
ACCEL_SIZE(nvmlUnrepairableMemoryStatus_v1_t, 4);
