// Structures of NVML about processes, events, GPM and accounting.
#pragma once

#include "structs_device.hpp"

struct nvmlProcessInfo_v1_t {
  unsigned int pid;
  unsigned long long usedGpuMemory;
};
ACCEL_SIZE(nvmlProcessInfo_v1_t, 16);

struct nvmlProcessInfo_v2_t {
  unsigned int pid;
  unsigned long long usedGpuMemory;
  unsigned int gpuInstanceId, computeInstanceId;
};
ACCEL_SIZE(nvmlProcessInfo_v2_t, 24);
ACCEL_AT(nvmlProcessInfo_v2_t, gpuInstanceId, 16);

struct nvmlProcessDetail_v1_t {
  unsigned int pid;
  unsigned long long usedGpuMemory;
  unsigned int gpuInstanceId, computeInstanceId;
  unsigned long long usedGpuCcProtectedMemory;
};
ACCEL_SIZE(nvmlProcessDetail_v1_t, 32);

struct nvmlProcessDetailList_v1_t {
  unsigned int version, mode, numProcArrayEntries;
  nvmlProcessDetail_v1_t* procArray;
};
ACCEL_SIZE(nvmlProcessDetailList_v1_t, 24);

struct nvmlProcessUtilizationSample_t {
  unsigned int pid;
  unsigned long long timeStamp;
  unsigned int smUtil, memUtil, encUtil, decUtil;
};
ACCEL_SIZE(nvmlProcessUtilizationSample_t, 32);

struct nvmlProcessUtilizationInfo_v1_t {
  unsigned long long timeStamp;
  unsigned int pid, smUtil, memUtil, encUtil, decUtil, jpgUtil, ofaUtil;
};
ACCEL_SIZE(nvmlProcessUtilizationInfo_v1_t, 40);

struct nvmlProcessesUtilizationInfo_v1_t {
  unsigned int version, processSamplesCount;
  unsigned long long lastSeenTimeStamp;
  nvmlProcessUtilizationInfo_v1_t* procUtilArray;
};
ACCEL_SIZE(nvmlProcessesUtilizationInfo_v1_t, 24);

struct nvmlAccountingStats_t {
  unsigned int gpuUtilization, memoryUtilization;
  unsigned long long maxMemoryUsage, time, startTime;
  unsigned int isRunning, reserved[5];
};
ACCEL_SIZE(nvmlAccountingStats_t, 56);

struct nvmlEventData_t {
  nvmlDevice_t device;
  unsigned long long eventType, eventData;
  unsigned int gpuInstanceId, computeInstanceId;
};
ACCEL_SIZE(nvmlEventData_t, 32);

struct nvmlSystemEventSetCreateRequest_v1_t {
  unsigned int version;
  nvmlSystemEventSet_t set;
};
ACCEL_SIZE(nvmlSystemEventSetCreateRequest_v1_t, 16);

struct nvmlSystemEventData_v1_t {
  unsigned long long eventType;
  unsigned int gpuId;
};
ACCEL_SIZE(nvmlSystemEventData_v1_t, 16);

struct nvmlSystemEventSetWaitRequest_v1_t {
  unsigned int version, timeoutms;
  nvmlSystemEventSet_t set;
  nvmlSystemEventData_v1_t* data;
  unsigned int dataSize, numEvent;
};
ACCEL_SIZE(nvmlSystemEventSetWaitRequest_v1_t, 32);

struct nvmlSystemRegisterEventRequest_v1_t {
  unsigned int version;
  unsigned long long eventTypes;
  nvmlSystemEventSet_t set;
};
ACCEL_SIZE(nvmlSystemRegisterEventRequest_v1_t, 24);

struct nvmlGpmSupport_t {
  unsigned int version, isSupportedDevice;
};
ACCEL_SIZE(nvmlGpmSupport_t, 8);

struct nvmlGpmMetric_t {
  unsigned int metricId;
  nvmlReturn_t nvmlReturn;
  double value;
  struct {
    const char *shortName, *longName, *unit;
  } metricInfo;
};
ACCEL_SIZE(nvmlGpmMetric_t, 40);

/// The array grew with the driver; the count says how many entries the caller has.
struct nvmlGpmMetricsGet_t {
  unsigned int version, numMetrics;
  nvmlGpmSample_t sample1, sample2;
  nvmlGpmMetric_t metrics[333];
};
ACCEL_SIZE(nvmlGpmMetricsGet_t, 13344);
ACCEL_AT(nvmlGpmMetricsGet_t, metrics, 24);

struct nvmlEncoderSessionInfo_t {
  unsigned int sessionId, pid, vgpuInstance;
  nvmlEncoderType_t codecType;
  unsigned int hResolution, vResolution, averageFps, averageLatency;
};
ACCEL_SIZE(nvmlEncoderSessionInfo_t, 32);

struct nvmlFBCStats_t {
  unsigned int sessionsCount, averageFPS, averageLatency;
};
ACCEL_SIZE(nvmlFBCStats_t, 12);
