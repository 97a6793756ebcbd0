// A device that its driver shows through files: any but NVIDIA's. Its load, power and heat are
// those of a Gpu; this adds what the files of its driver need besides.
#pragma once

#include <cstdint>
#include <string_view>

#include "gpu.hpp"
#include "text.hpp"

namespace accel::sim {

/// Whose files it has; the names are those of the kernel's modules.
enum class Driver : std::uint32_t {
  amdgpu,
  i915,
  xe,
  intel_vpu,
  amdxdna,
  habanalabs,
  apex,      ///< Coral, of Google's gasket-driver
  vfio_pci,  ///< TPUs from v5e on are given to programs as groups of vfio
};

/// The name of the module, as sysfs has it.
constexpr std::string_view driver_name(Driver driver) {
  constexpr std::string_view kNames[] = {"amdgpu",  "i915",       "xe",   "intel_vpu",
                                         "amdxdna", "habanalabs", "apex", "vfio-pci"};
  return kNames[static_cast<std::size_t>(driver)];
}

inline constexpr std::uint32_t kNoMinor = 0xFFFFFFFF;
/// MAX_XCP in drivers/gpu/drm/amd/amdgpu/amdgpu_xcp.h. The first partition has the GPU's own DRM
/// nodes; each other has its own, whether or not the GPU is divided at present.
inline constexpr std::uint32_t kMostPartitions = 8;
/// MAX_XCP_PLATFORM_DEVICE in drivers/gpu/drm/amd/amdxcp/amdgpu_xcp_drv.c, of the machine.
inline constexpr std::uint32_t kMostPartitionDevices = 64;

/// Revisions of gpu_metrics that are written: format << 8 | content.
inline constexpr std::uint32_t kMetrics13 = 0x103;
inline constexpr std::uint32_t kMetrics17 = 0x107;
inline constexpr std::uint32_t kMetrics30 = 0x300;

/// What all cards of one product share, besides their Board.
struct CardProduct {
  Driver driver;
  std::uint32_t pci_class;
  std::uint32_t is_integrated;   ///< In the processor: no memory and no sensors of its own.
  std::uint32_t has_own_switch;  ///< Stands behind a switch that is on the card.
  Text<48> firmware;
  Text<48> kind;                ///< amdxdna: vbnv
  std::uint32_t gfx_target;     ///< amdgpu: as KFD counts, 90402 for gfx942.
  std::uint32_t compute_units;  ///< amdgpu
  std::uint32_t metrics;        ///< amdgpu: kMetrics13 and so on
  std::uint32_t has_xgmi;       ///< amdgpu: every card is linked with every other
  std::uint32_t has_overdrive;  ///< amdgpu
  std::uint32_t has_partitions;
  std::uint32_t media_min;  ///< xe: MHz of the media GT, 0: there is none.
  std::uint32_t media_max;
  std::uint32_t memory_channels;  ///< xe: sensors of single memory channels
};

inline constexpr std::size_t kCurvePoints = 5;

struct CurvePoint {
  std::int32_t celsius;
  std::int32_t percent;
};

/// The table behind pp_od_clk_voltage.
struct ClockRange {
  std::int32_t graphics_min;  ///< MHz
  std::int32_t graphics_max;
  std::int32_t memory_min;
  std::int32_t memory_max;
  std::int32_t voltage_offset;  ///< mV
};

/// The values behind gpu_od/fan_ctrl.
struct FanControl {
  CurvePoint curve[kCurvePoints];
  std::int32_t acoustic_limit;   ///< rpm
  std::int32_t acoustic_target;  ///< rpm
  std::int32_t target_temperature;
  std::int32_t minimum_pwm;  ///< %
  std::int32_t zero_rpm;
};

/// What was set through the files of amdgpu.
struct AmdSettings {
  std::uint32_t level;          ///< Position in the words of power_dpm_force_performance_level.
  std::uint32_t profile;        ///< Number of the power profile.
  std::uint32_t graphics_mask;  ///< Rows of pp_dpm_sclk that are allowed, bit by bit.
  std::uint32_t memory_mask;
  ClockRange clocks;  ///< In effect.
  ClockRange staged_clocks;
  FanControl fan;
  FanControl staged_fan;
  std::uint32_t fan_mode;           ///< pwm1_enable: 0, 1, 2
  std::uint32_t fan_duty;           ///< pwm1 that was written, 0..255
  std::uint32_t compute_partition;  ///< Position in the words of current_compute_partition.
  std::uint32_t memory_partition;
};

/// What was set through the files of i915, xe and habanalabs.
struct FrequencySettings {
  std::uint32_t min;  ///< MHz
  std::uint32_t max;
  std::uint32_t boost;
  std::uint32_t media_min;
  std::uint32_t media_max;
  std::uint32_t power_profile;
  std::uint32_t limit_off;  ///< The power limit was switched off.
};

struct Card {
  Gpu gpu;
  std::uint32_t kind;         ///< Position in Node::products.
  std::uint32_t drm_minor;    ///< N of cardN and renderD(128+N), or kNoMinor.
  std::uint32_t class_minor;  ///< N of accelN, apex_N or of the vfio group, or kNoMinor.
  std::uint32_t hwmon;        ///< N of its hwmonN.
  std::uint32_t stays_awake;  ///< power/control is "on"
  std::uint64_t unique_id;
  AmdSettings amd;
  FrequencySettings frequency;
  std::int64_t files_at;       ///< Model time of what the files say, 0: not written yet.
  std::uint64_t files_faults;  ///< Faults under which they were written, as a number.
};

}  // namespace accel::sim
