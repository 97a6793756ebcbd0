// The part of NVML's binary interface that we call: types, layouts and constants of
// libnvidia-ml.so.1, written down from nvml.h of CUDA 13.3 (driver 610). It calls nothing.
//
// Layouts are those of x86-64 and aarch64 Linux. Enumerations travel as 32-bit integers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace accel::nvidia {

using nvmlReturn_t = std::uint32_t;
using nvmlDevice_t = struct nvmlDevice_st*;
using nvmlEventSet_t = struct nvmlEventSet_st*;
using nvmlGpmSample_t = struct nvmlGpmSample_st*;

/// nvmlReturn_t
namespace status {
inline constexpr nvmlReturn_t kSuccess = 0;
inline constexpr nvmlReturn_t kUninitialized = 1;
inline constexpr nvmlReturn_t kInvalidArgument = 2;
inline constexpr nvmlReturn_t kNotSupported = 3;
inline constexpr nvmlReturn_t kNoPermission = 4;
inline constexpr nvmlReturn_t kNotFound = 6;
inline constexpr nvmlReturn_t kInsufficientSize = 7;
inline constexpr nvmlReturn_t kDriverNotLoaded = 9;
inline constexpr nvmlReturn_t kTimeout = 10;
inline constexpr nvmlReturn_t kLibraryNotFound = 12;
inline constexpr nvmlReturn_t kFunctionNotFound = 13;
inline constexpr nvmlReturn_t kGpuIsLost = 15;
inline constexpr nvmlReturn_t kResetRequired = 16;
inline constexpr nvmlReturn_t kOperatingSystem = 17;
inline constexpr nvmlReturn_t kVersionMismatch = 18;
inline constexpr nvmlReturn_t kInUse = 19;
inline constexpr nvmlReturn_t kMemory = 20;
inline constexpr nvmlReturn_t kNoData = 21;
inline constexpr nvmlReturn_t kArgumentVersionMismatch = 25;
inline constexpr nvmlReturn_t kDeprecated = 26;
inline constexpr nvmlReturn_t kNotReady = 27;
inline constexpr nvmlReturn_t kUnknown = 999;
}  // namespace status

/// What a versioned struct expects in its first field.
template <class Struct>
constexpr std::uint32_t struct_version(std::uint32_t version) {
  return static_cast<std::uint32_t>(sizeof(Struct)) | version << 24U;
}

struct nvmlPciInfo_t {
  char bus_id_legacy[16];
  std::uint32_t domain;
  std::uint32_t bus;
  std::uint32_t device;
  std::uint32_t pci_device_id;  ///< device << 16 | vendor
  std::uint32_t pci_subsystem_id;
  char bus_id[32];
};

struct nvmlMemory_t {
  std::uint64_t total;
  std::uint64_t free;
  std::uint64_t used;  ///< with what the driver reserves
};

struct nvmlMemory_v2_t {
  std::uint32_t version;
  std::uint64_t total;
  std::uint64_t reserved;
  std::uint64_t free;
  std::uint64_t used;
};

struct nvmlUtilization_t {
  std::uint32_t gpu;
  std::uint32_t memory;
};

struct nvmlTemperature_t {
  std::uint32_t version;
  std::uint32_t sensor;
  std::int32_t temperature;
};

struct nvmlMarginTemperature_t {
  std::uint32_t version;
  std::int32_t margin;
};

struct nvmlFanSpeedInfo_t {
  std::uint32_t version;
  std::uint32_t fan;
  std::uint32_t speed;
};

struct nvmlClockOffset_t {
  std::uint32_t version;
  std::uint32_t clock_type;
  std::uint32_t pstate;
  std::int32_t offset;  ///< MHz, as are the ends of its range
  std::int32_t lowest;
  std::int32_t highest;
};

struct nvmlViolationTime_t {
  std::uint64_t reference_time;  ///< µs
  std::uint64_t violation_time;  ///< ns
};

/// The value of a field; `type` says which width was written.
union nvmlValue_t {
  double number;
  std::int32_t signed_int;
  std::uint32_t unsigned_int;
  std::uint64_t unsigned_long;
  std::int64_t signed_long;
  std::uint16_t unsigned_short;
};

/// nvmlValueType_t
namespace value_type {
inline constexpr std::uint32_t kUnsignedInt = 1;
inline constexpr std::uint32_t kUnsignedLong = 2;
inline constexpr std::uint32_t kUnsignedLongLong = 3;
inline constexpr std::uint32_t kSignedLongLong = 4;
inline constexpr std::uint32_t kSignedInt = 5;
inline constexpr std::uint32_t kUnsignedShort = 6;
}  // namespace value_type

struct nvmlFieldValue_t {
  std::uint32_t field_id;
  std::uint32_t scope_id;
  std::int64_t timestamp;
  std::int64_t latency_us;
  std::uint32_t value_type;
  nvmlReturn_t result;
  nvmlValue_t value;
};

/// 24 bytes; drivers 535.43 to 535.86 write 32 (one more 64-bit number at the end).
struct nvmlProcessInfo_t {
  std::uint32_t pid;
  std::uint64_t used_gpu_memory;  ///< all ones: unknown
  std::uint32_t gpu_instance_id;  ///< all ones: none
  std::uint32_t compute_instance_id;
};

struct nvmlProcessUtilizationSample_t {
  std::uint32_t pid;
  std::uint64_t time_stamp;  ///< µs
  std::uint32_t sm;
  std::uint32_t memory;
  std::uint32_t encoder;
  std::uint32_t decoder;
};

struct nvmlDeviceAttributes_t {
  std::uint32_t multiprocessors;
  std::uint32_t copy_engines;
  std::uint32_t decoders;
  std::uint32_t encoders;
  std::uint32_t jpegs;
  std::uint32_t ofas;
  std::uint32_t gpu_instance_slices;
  std::uint32_t compute_instance_slices;
  std::uint64_t memory_mib;
};

struct nvmlEventData_t {
  nvmlDevice_t device;
  std::uint64_t event_type;
  std::uint64_t event_data;
  std::uint32_t gpu_instance_id;
  std::uint32_t compute_instance_id;
};

struct nvmlGpmSupport_t {
  std::uint32_t version;
  std::uint32_t is_supported;
};

struct nvmlGpmMetric_t {
  std::uint32_t id;
  nvmlReturn_t result;
  double value;
  const char* short_name;
  const char* long_name;
  const char* unit;
};

/// The array grew from 98 (520) to 333 (595) metrics; a driver may touch as many as it knows, so we
/// always hand over the largest.
inline constexpr std::size_t kGpmMetricMax = 333;

struct nvmlGpmMetricsGet_t {
  std::uint32_t version;
  std::uint32_t count;
  nvmlGpmSample_t sample1;
  nvmlGpmSample_t sample2;
  nvmlGpmMetric_t metrics[kGpmMetricMax];
};

static_assert(sizeof(nvmlPciInfo_t) == 68 && offsetof(nvmlPciInfo_t, domain) == 16 &&
              offsetof(nvmlPciInfo_t, bus_id) == 36);
static_assert(sizeof(nvmlMemory_t) == 24 && offsetof(nvmlMemory_t, used) == 16);
static_assert(sizeof(nvmlMemory_v2_t) == 40 && offsetof(nvmlMemory_v2_t, total) == 8 &&
              offsetof(nvmlMemory_v2_t, used) == 32);
static_assert(sizeof(nvmlUtilization_t) == 8);
static_assert(sizeof(nvmlTemperature_t) == 12 && offsetof(nvmlTemperature_t, temperature) == 8);
static_assert(sizeof(nvmlMarginTemperature_t) == 8);
static_assert(sizeof(nvmlFanSpeedInfo_t) == 12 && offsetof(nvmlFanSpeedInfo_t, speed) == 8);
static_assert(sizeof(nvmlClockOffset_t) == 24 && offsetof(nvmlClockOffset_t, offset) == 12 &&
              offsetof(nvmlClockOffset_t, highest) == 20);
static_assert(sizeof(nvmlViolationTime_t) == 16 &&
              offsetof(nvmlViolationTime_t, violation_time) == 8);
static_assert(sizeof(nvmlValue_t) == 8);
static_assert(sizeof(nvmlFieldValue_t) == 40 && offsetof(nvmlFieldValue_t, value_type) == 24 &&
              offsetof(nvmlFieldValue_t, result) == 28 && offsetof(nvmlFieldValue_t, value) == 32);
static_assert(sizeof(nvmlProcessInfo_t) == 24 &&
              offsetof(nvmlProcessInfo_t, used_gpu_memory) == 8 &&
              offsetof(nvmlProcessInfo_t, gpu_instance_id) == 16);
static_assert(sizeof(nvmlProcessUtilizationSample_t) == 32 &&
              offsetof(nvmlProcessUtilizationSample_t, time_stamp) == 8 &&
              offsetof(nvmlProcessUtilizationSample_t, sm) == 16);
static_assert(sizeof(nvmlDeviceAttributes_t) == 40 &&
              offsetof(nvmlDeviceAttributes_t, memory_mib) == 32);
static_assert(sizeof(nvmlEventData_t) == 32 && offsetof(nvmlEventData_t, event_type) == 8 &&
              offsetof(nvmlEventData_t, gpu_instance_id) == 24);
static_assert(sizeof(nvmlGpmSupport_t) == 8);
static_assert(sizeof(nvmlGpmMetric_t) == 40 && offsetof(nvmlGpmMetric_t, value) == 8);
static_assert(sizeof(nvmlGpmMetricsGet_t) == 13344 && offsetof(nvmlGpmMetricsGet_t, metrics) == 24);
static_assert(struct_version<nvmlMemory_v2_t>(2) == 33554472);
static_assert(struct_version<nvmlTemperature_t>(1) == 16777228);
static_assert(struct_version<nvmlClockOffset_t>(1) == 16777240);

}  // namespace accel::nvidia
