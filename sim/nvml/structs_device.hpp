// Structures of NVML that describe a device: identity, memory, utilisation, sensors, limits.
#pragma once

#include "types.hpp"

#define ACCEL_SIZE(type, bytes) static_assert(sizeof(type) == (bytes), #type)
#define ACCEL_AT(type, field, bytes) static_assert(offsetof(type, field) == (bytes), #type)

struct nvmlPciInfo_t {
  char busIdLegacy[16];
  unsigned int domain, bus, device, pciDeviceId, pciSubSystemId;
  char busId[32];
};
ACCEL_SIZE(nvmlPciInfo_t, 68);
ACCEL_AT(nvmlPciInfo_t, busId, 36);

struct nvmlPciInfoExt_v1_t {
  unsigned int version, domain, bus, device, pciDeviceId, pciSubSystemId, baseClass, subClass;
  char busId[32];
};
ACCEL_SIZE(nvmlPciInfoExt_v1_t, 64);
ACCEL_AT(nvmlPciInfoExt_v1_t, busId, 32);

union nvmlUUIDValue_t {
  char str[41];
  unsigned char bytes[16];
};
struct nvmlUUID_v1_t {
  unsigned int version, type;
  nvmlUUIDValue_t value;
};
ACCEL_SIZE(nvmlUUID_v1_t, 52);
ACCEL_AT(nvmlUUID_v1_t, value, 8);

struct nvmlMemory_t {
  unsigned long long total, free, used;
};
ACCEL_SIZE(nvmlMemory_t, 24);

struct nvmlMemory_v2_t {
  unsigned int version;
  unsigned long long total, reserved, free, used;
};
ACCEL_SIZE(nvmlMemory_v2_t, 40);
ACCEL_AT(nvmlMemory_v2_t, used, 32);

struct nvmlBAR1Memory_t {
  unsigned long long bar1Total, bar1Free, bar1Used;
};
ACCEL_SIZE(nvmlBAR1Memory_t, 24);

struct nvmlUtilization_t {
  unsigned int gpu, memory;
};
ACCEL_SIZE(nvmlUtilization_t, 8);

struct nvmlDeviceAttributes_t {
  unsigned int multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount,
      sharedJpegCount, sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount;
  unsigned long long memorySizeMB;
};
ACCEL_SIZE(nvmlDeviceAttributes_t, 40);
ACCEL_AT(nvmlDeviceAttributes_t, memorySizeMB, 32);

union nvmlValue_t {
  double dVal;
  int siVal;
  unsigned int uiVal;
  unsigned long ulVal;
  unsigned long long ullVal;
  long long sllVal;
  unsigned short usVal;
};
ACCEL_SIZE(nvmlValue_t, 8);

struct nvmlSample_t {
  unsigned long long timeStamp;
  nvmlValue_t sampleValue;
};
ACCEL_SIZE(nvmlSample_t, 16);

struct nvmlFieldValue_t {
  unsigned int fieldId, scopeId;
  long long timestamp, latencyUsec;
  nvmlValueType_t valueType;
  nvmlReturn_t nvmlReturn;
  nvmlValue_t value;
};
ACCEL_SIZE(nvmlFieldValue_t, 40);
ACCEL_AT(nvmlFieldValue_t, valueType, 24);
ACCEL_AT(nvmlFieldValue_t, nvmlReturn, 28);
ACCEL_AT(nvmlFieldValue_t, value, 32);

struct nvmlViolationTime_t {
  unsigned long long referenceTime, violationTime;
};
ACCEL_SIZE(nvmlViolationTime_t, 16);

struct nvmlTemperature_v1_t {
  unsigned int version;
  nvmlTemperatureSensors_t sensorType;
  int temperature;
};
ACCEL_SIZE(nvmlTemperature_v1_t, 12);

struct nvmlMarginTemperature_v1_t {
  unsigned int version;
  int marginTemperature;
};
ACCEL_SIZE(nvmlMarginTemperature_v1_t, 8);

struct nvmlGpuThermalSettings_t {
  unsigned int count;
  struct {
    int controller;
    int defaultMinTemp, defaultMaxTemp, currentTemp;
    int target;
  } sensor[3];
};
ACCEL_SIZE(nvmlGpuThermalSettings_t, 64);
ACCEL_AT(nvmlGpuThermalSettings_t, sensor[0].currentTemp, 16);

struct nvmlPowerValue_v2_t {
  unsigned int version;
  unsigned char powerScope;
  unsigned int powerValueMw;
};
ACCEL_SIZE(nvmlPowerValue_v2_t, 12);
ACCEL_AT(nvmlPowerValue_v2_t, powerValueMw, 8);

struct nvmlClockOffset_v1_t {
  unsigned int version;
  nvmlClockType_t type;
  nvmlPstates_t pstate;
  int clockOffsetMHz, minClockOffsetMHz, maxClockOffsetMHz;
};
ACCEL_SIZE(nvmlClockOffset_v1_t, 24);

struct nvmlFanSpeedInfo_v1_t {
  unsigned int version, fan, speed;
};
ACCEL_SIZE(nvmlFanSpeedInfo_v1_t, 12);

struct nvmlCoolerInfo_v1_t {
  unsigned int version, index;
  unsigned int signalType, target;
};
ACCEL_SIZE(nvmlCoolerInfo_v1_t, 16);

/// The text form of clocks and performance modes (nvmlDevicePerfModes_v1_t is the same).
struct nvmlDeviceCurrentClockFreqs_v1_t {
  unsigned int version;
  char str[2048];
};
ACCEL_SIZE(nvmlDeviceCurrentClockFreqs_v1_t, 2052);

struct nvmlGpuDynamicPstatesInfo_t {
  unsigned int flags;
  struct {
    unsigned int bIsPresent, percentage, incThreshold, decThreshold;
  } utilization[8];
};
ACCEL_SIZE(nvmlGpuDynamicPstatesInfo_t, 132);

struct nvmlDeviceCapabilities_v1_t {
  unsigned int version, capMask;
};
ACCEL_SIZE(nvmlDeviceCapabilities_v1_t, 8);

struct nvmlPdi_v1_t {
  unsigned int version;
  unsigned long long value;
};
ACCEL_SIZE(nvmlPdi_v1_t, 16);

struct nvmlPlatformInfo_v2_t {
  unsigned int version;
  unsigned char ibGuid[16], chassisSerialNumber[16];
  unsigned char slotNumber, trayIndex, hostId, peerType, moduleId;
};
ACCEL_SIZE(nvmlPlatformInfo_v2_t, 44);
ACCEL_AT(nvmlPlatformInfo_v2_t, moduleId, 40);

struct nvmlSystemDriverBranchInfo_v1_t {
  unsigned int version;
  char branch[80];
};
ACCEL_SIZE(nvmlSystemDriverBranchInfo_v1_t, 84);

struct nvmlBridgeChipHierarchy_t {
  unsigned char bridgeCount;
  struct {
    unsigned int type, fwVersion;
  } bridgeChipInfo[128];
};
ACCEL_SIZE(nvmlBridgeChipHierarchy_t, 1028);

struct nvmlC2cModeInfo_v1_t {
  unsigned int isC2cEnabled;
};
ACCEL_SIZE(nvmlC2cModeInfo_v1_t, 4);

struct nvmlDeviceAddressingMode_v1_t {
  unsigned int version, value;
};
ACCEL_SIZE(nvmlDeviceAddressingMode_v1_t, 8);

struct nvmlRepairStatus_v1_t {
  unsigned int version, bChannelRepairPending, bTpcRepairPending;
};
ACCEL_SIZE(nvmlRepairStatus_v1_t, 12);

struct nvmlClkMonStatus_t {
  unsigned int bGlobalStatus, clkMonListSize;
  struct {
    unsigned int clkApiDomain, clkDomainFaultMask;
  } clkMonList[32];
};
ACCEL_SIZE(nvmlClkMonStatus_t, 264);
