// The part of Level Zero's system management interface that we call, by the facts of its headers
// (ze_api.h and zes_api.h 1.8.12 to 1.32.0; no layout differs between them). Intel's spelling.
#pragma once

#include <cstddef>
#include <cstdint>

namespace accel::intel {

using ze_result_t = std::uint32_t;
using zes_driver_handle_t = struct ze_driver*;
using zes_device_handle_t = struct ze_device*;
using zes_engine_handle_t = struct zes_engine*;
using zes_freq_handle_t = struct zes_freq*;
using zes_temp_handle_t = struct zes_temp*;
using zes_mem_handle_t = struct zes_mem*;

namespace ze_result {
inline constexpr ze_result_t kSuccess = 0;
inline constexpr ze_result_t kNotReady = 1;
inline constexpr ze_result_t kDeviceLost = 0x70000001;
inline constexpr ze_result_t kRequiresReset = 0x70000006;
inline constexpr ze_result_t kInLowPowerState = 0x70000007;
inline constexpr ze_result_t kInsufficientPermissions = 0x70010000;
inline constexpr ze_result_t kNotAvailable = 0x70010001;
inline constexpr ze_result_t kDependencyUnavailable = 0x70020000;
inline constexpr ze_result_t kUninitialized = 0x78000001;
inline constexpr ze_result_t kUnsupportedVersion = 0x78000002;
inline constexpr ze_result_t kUnsupportedFeature = 0x78000003;
}  // namespace ze_result

/// zes_structure_type_t: what the first field of a struct must hold before the call.
namespace zes_type {
inline constexpr std::uint32_t kPciProperties = 0x2;
inline constexpr std::uint32_t kEngineProperties = 0x5;
inline constexpr std::uint32_t kFreqProperties = 0x9;
inline constexpr std::uint32_t kMemProperties = 0xb;
inline constexpr std::uint32_t kTempProperties = 0x14;
inline constexpr std::uint32_t kFreqState = 0x1b;
}  // namespace zes_type

/// zes_engine_group_t
namespace zes_engine_group {
inline constexpr std::uint32_t kAll = 0;
inline constexpr std::uint32_t kComputeAll = 1;
inline constexpr std::uint32_t kMediaAll = 2;
inline constexpr std::uint32_t kCopyAll = 3;
inline constexpr std::uint32_t kRenderAll = 12;
}  // namespace zes_engine_group

/// zes_freq_domain_t, zes_temp_sensors_t, zes_mem_loc_t
inline constexpr std::uint32_t kZesFreqDomainGpu = 0;
inline constexpr std::uint32_t kZesFreqDomainMemory = 1;
inline constexpr std::uint32_t kZesTempSensorGpu = 1;
inline constexpr std::uint32_t kZesTempSensorMemory = 2;
inline constexpr std::uint32_t kZesMemLocDevice = 1;

// NOLINTBEGIN(readability-identifier-naming): the names of zes_api.h

struct zes_pci_address_t {
  std::uint32_t domain, bus, device, function;
};

struct zes_pci_speed_t {
  std::int32_t gen, width;
  std::int64_t max_bandwidth;
};

struct zes_pci_properties_t {
  std::uint32_t stype = zes_type::kPciProperties;
  void* next = nullptr;
  zes_pci_address_t address{};
  zes_pci_speed_t max_speed{};
  std::uint8_t have_bandwidth_counters = 0, have_packet_counters = 0, have_replay_counters = 0;
};

struct zes_engine_properties_t {
  std::uint32_t stype = zes_type::kEngineProperties;
  void* next = nullptr;
  std::uint32_t type = 0;
  std::uint8_t on_subdevice = 0;
  std::uint32_t subdevice_id = 0;
};

/// Both in microseconds.
struct zes_engine_stats_t {
  std::uint64_t active_time, timestamp;
};

struct zes_freq_properties_t {
  std::uint32_t stype = zes_type::kFreqProperties;
  void* next = nullptr;
  std::uint32_t type = 0;
  std::uint8_t on_subdevice = 0;
  std::uint32_t subdevice_id = 0;
  std::uint8_t can_control = 0, is_throttle_event_supported = 0;
  double min = 0, max = 0;  ///< MHz; negative: unknown
};

struct zes_freq_state_t {
  std::uint32_t stype = zes_type::kFreqState;
  const void* next = nullptr;
  double current_voltage = 0;                              ///< volts; negative: unknown
  double request = 0, tdp = 0, efficient = 0, actual = 0;  ///< MHz; negative: unknown
  std::uint32_t throttle_reasons = 0;
};

struct zes_temp_properties_t {
  std::uint32_t stype = zes_type::kTempProperties;
  void* next = nullptr;
  std::uint32_t type = 0;
  std::uint8_t on_subdevice = 0;
  std::uint32_t subdevice_id = 0;
  double max_temperature = 0;  ///< degrees Celsius
  std::uint8_t is_critical_supported = 0, is_threshold1_supported = 0, is_threshold2_supported = 0;
};

struct zes_mem_properties_t {
  std::uint32_t stype = zes_type::kMemProperties;
  void* next = nullptr;
  std::uint32_t type = 0;
  std::uint8_t on_subdevice = 0;
  std::uint32_t subdevice_id = 0;
  std::uint32_t location = 0;
  std::uint64_t physical_size = 0;
  std::int32_t bus_width = 0, num_channels = 0;
};

/// Counters in bytes, the timestamp in microseconds, the maximum in bytes per second.
struct zes_mem_bandwidth_t {
  std::uint64_t read_counter, write_counter, max_bandwidth, timestamp;
};

// NOLINTEND(readability-identifier-naming)

static_assert(sizeof(zes_pci_address_t) == 16);
static_assert(sizeof(zes_pci_speed_t) == 16);
static_assert(sizeof(zes_pci_properties_t) == 56 && offsetof(zes_pci_properties_t, address) == 16 &&
              offsetof(zes_pci_properties_t, have_bandwidth_counters) == 48);
static_assert(sizeof(zes_engine_properties_t) == 32 &&
              offsetof(zes_engine_properties_t, type) == 16 &&
              offsetof(zes_engine_properties_t, subdevice_id) == 24);
static_assert(sizeof(zes_engine_stats_t) == 16);
static_assert(sizeof(zes_freq_properties_t) == 48 && offsetof(zes_freq_properties_t, type) == 16 &&
              offsetof(zes_freq_properties_t, can_control) == 28 &&
              offsetof(zes_freq_properties_t, max) == 40);
static_assert(sizeof(zes_freq_state_t) == 64 && offsetof(zes_freq_state_t, actual) == 48 &&
              offsetof(zes_freq_state_t, throttle_reasons) == 56);
static_assert(sizeof(zes_temp_properties_t) == 48 &&
              offsetof(zes_temp_properties_t, max_temperature) == 32);
static_assert(sizeof(zes_mem_properties_t) == 48 &&
              offsetof(zes_mem_properties_t, location) == 28 &&
              offsetof(zes_mem_properties_t, physical_size) == 32);
static_assert(sizeof(zes_mem_bandwidth_t) == 32 && offsetof(zes_mem_bandwidth_t, timestamp) == 24);

}  // namespace accel::intel
