// What all cards of one product share: identity of the product, limits, curves, features.
#pragma once

#include <cstdint>

#include "limits.hpp"
#include "mig_profile.hpp"
#include "text.hpp"

namespace accel::sim {

struct PowerLimits {
  std::uint32_t min_mw;
  std::uint32_t max_mw;
  std::uint32_t default_mw;
  std::uint32_t idle_mw;
  std::uint32_t full_mw;  ///< What the heaviest code would draw at the highest clock, uncapped.
};

struct ClockTable {
  std::uint32_t graphics_min;  ///< MHz, as all clocks here
  std::uint32_t graphics_max;
  std::uint32_t graphics_step;
  std::uint32_t graphics_idle;
  std::uint32_t graphics_default;  ///< Default application clock, 0 where there is none.
  std::uint32_t video_max;
  std::uint32_t memory_count;
  std::uint32_t memory[kMaxMemoryClocks];  ///< Highest first.
  std::uint32_t memory_idle;
  std::uint32_t memory_lockable;
  std::int32_t graphics_offset;  ///< Largest offset either way, 0 where not supported.
  std::int32_t memory_offset;
};

struct ThermalLimits {
  double ambient;        ///< °C
  double resistance;     ///< °C per watt, with the fan at full speed or the chassis' air flow.
  double time_constant;  ///< s
  double memory_above;   ///< How much hotter memory is at full load; 0: no memory sensor.
  std::int32_t shutdown;
  std::int32_t slowdown;
  std::int32_t gpu_max;
  std::int32_t memory_max;    ///< 0 where there is none.
  std::int32_t acoustic_min;  ///< 0: no target temperature.
  std::int32_t acoustic_max;
  std::uint32_t margins;  ///< The card reports margins (fields 193-196).
};

struct FanLimits {
  std::uint32_t count;
  std::uint32_t min_percent;
  std::uint32_t max_percent;
  std::uint32_t max_rpm;
  double stop_below;  ///< °C below which the fan stands still.
};

struct NvlinkPorts {
  std::uint32_t count;
  std::uint32_t version;
  std::uint32_t mbps;       ///< MB/s each way and link.
  std::uint32_t to_switch;  ///< 1: all links end at NVSwitches; 0: at other GPUs.
};

struct Engines {
  std::uint32_t copy;
  std::uint32_t encoders;
  std::uint32_t decoders;
  std::uint32_t jpegs;
  std::uint32_t ofas;
};

struct Features {
  std::uint32_t ecc;
  std::uint32_t row_remap;
  std::uint32_t page_retirement;
  std::uint32_t gpm;
  std::uint32_t mig_reset;  ///< A change of MIG mode needs a reset (Ampere).
  std::uint32_t display;    ///< Class 0300 with outputs, else 0302.
  std::uint32_t gsp;
  std::uint32_t power_average;  ///< GetPowerUsage averages over 1 s.
  std::uint32_t fabric;
};

struct Board {
  Text<64> name;
  Text<32> part_number;
  Text<32> vbios;
  Text<16> inforom_image;
  Text<16> inforom_oem;
  Text<16> inforom_ecc;
  Text<16> inforom_power;
  std::uint32_t brand;
  std::uint32_t architecture;
  std::uint32_t capability_major;
  std::uint32_t capability_minor;
  std::uint32_t cores;
  std::uint32_t multiprocessors;
  std::uint32_t bus_width;
  std::uint32_t pci_device;     ///< device << 16 | vendor
  std::uint32_t pci_subsystem;  ///< device << 16 | vendor
  std::uint32_t pci_revision;
  std::uint32_t pcie_generation;
  std::uint32_t pcie_idle_generation;
  std::uint32_t pcie_width;
  std::uint32_t idle_pstate;
  std::uint64_t memory_total;
  std::uint64_t memory_reserved;
  std::uint64_t bar1_total;
  PowerLimits power;
  ClockTable clocks;
  ThermalLimits thermal;
  FanLimits fan;
  NvlinkPorts nvlink;
  Engines engines;
  Features features;
  std::uint32_t mig_profile_count;
  MigProfile mig_profiles[kMaxMigProfiles];
};

}  // namespace accel::sim
