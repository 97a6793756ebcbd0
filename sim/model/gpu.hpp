// One simulated GPU: who it is, what was set, and how it stands at `advanced_to`.
#pragma once

#include <cstdint>

#include "limits.hpp"
#include "load.hpp"
#include "mig.hpp"
#include "text.hpp"

namespace accel::sim {

/// A process on the GPU, as the scenario states it.
struct GpuProcess {
  std::uint32_t pid;
  std::uint32_t graphics;  ///< 1: graphics, 0: compute
  std::uint32_t mps;
  std::uint32_t uid;
  double share;  ///< Of the GPU's load.
  std::uint64_t memory;
  std::int32_t gpu_instance;      ///< Slot, -1 outside MIG.
  std::int32_t compute_instance;  ///< Slot, -1 outside MIG.
  Text<48> name;
  Text<128> command;
};

/// What control calls change.
struct GpuSettings {
  std::uint32_t power_limit_mw;
  std::uint32_t locked_graphics_min;  ///< MHz, 0: not locked
  std::uint32_t locked_graphics_max;
  std::uint32_t locked_memory_min;
  std::uint32_t locked_memory_max;
  std::uint32_t application_graphics;  ///< MHz, 0: default
  std::uint32_t application_memory;
  std::int32_t graphics_offset;
  std::int32_t memory_offset;
  std::int32_t acoustic_target;  ///< °C
  std::uint32_t persistence;
  std::uint32_t compute_mode;
  std::uint32_t accounting;
  std::uint32_t api_restricted[2];
  std::uint32_t ecc_current;
  std::uint32_t ecc_pending;
  std::uint32_t mig_current;
  std::uint32_t mig_pending;
  std::uint32_t fan_manual[kMaxFans];
  std::uint32_t fan_target[kMaxFans];  ///< %, where manual
  std::uint32_t drained;
};

/// One point of the history behind GetSamples and process utilisation.
struct Sample {
  std::int64_t time;  ///< ns
  float load;
  float memory_load;
  float encoder;
  float decoder;
  std::uint32_t power_mw;
  std::uint32_t graphics_mhz;
  std::uint32_t memory_mhz;
};

/// Sums that only grow, from which rates over any interval follow.
struct GpuTotals {
  double energy_mj;
  double busy;         ///< s of full load
  double memory_busy;  ///< s
  double encoder_busy;
  double decoder_busy;
  double pcie_tx;  ///< bytes
  double pcie_rx;
  double nvlink_tx;  ///< bytes over all links
  double nvlink_rx;
  std::int64_t violation[12];  ///< ns, by nvmlPerfPolicyType_t
  std::int64_t hardware_thermal;
  std::int64_t power_brake;
};

struct GpuErrors {
  /// [corrected, uncorrected][volatile, aggregate][nvmlMemoryLocation_t]
  std::uint64_t ecc[2][2][8];
  std::uint32_t remapped_corrected;
  std::uint32_t remapped_uncorrected;
  std::uint32_t remap_pending;
  std::uint32_t remap_failure;
  std::uint32_t retired_single;
  std::uint32_t retired_double;
  std::uint32_t retirement_pending;
  std::uint64_t retired_address[kMaxRetiredPages];
  std::uint32_t pcie_replay;
  std::uint64_t nvlink[kMaxLinks][5];  ///< by nvmlNvLinkErrorCounter_t
};

struct Gpu {
  std::uint32_t index;     ///< As NVML counts; the other vendors' cards follow.
  std::uint32_t position;  ///< Among all devices in the order of the bus, as accel counts.
  std::uint32_t minor;
  std::uint32_t board;  ///< Position in Node::boards.
  std::uint32_t domain;
  std::uint32_t bus;
  std::uint32_t device;
  std::int32_t numa_node;
  std::uint32_t module_id;
  std::uint32_t switch_group;  ///< GPUs with one number share a PCIe switch.
  Text<48> uuid;
  Text<32> serial;  ///< Empty: the card has none.
  LoadProfile load_profile;
  std::uint64_t seed;

  GpuSettings settings;

  std::int64_t advanced_to;  ///< Model time, ns
  double load;
  double memory_load;
  double temperature;  ///< °C
  double memory_temperature;
  double power_mw;          ///< Now
  double power_average_mw;  ///< Over 1 s
  std::uint32_t graphics_mhz;
  std::uint32_t memory_mhz;
  std::uint32_t thermal_cut_mhz;
  std::uint32_t pstate;
  std::uint64_t reasons;  ///< Throttle reasons in NVML's bits.
  double fan_percent[kMaxFans];
  double pcie_tx_rate;  ///< bytes/s
  double pcie_rx_rate;
  double nvlink_rate;  ///< bytes/s each way, over all links
  GpuTotals totals;
  GpuErrors errors;

  std::uint32_t suspended;
  std::uint32_t wake_count;
  std::uint32_t lost;  ///< Fell off the bus (fault `lost` or XID 79).
  std::uint32_t last_xid;
  std::int64_t last_xid_time;  ///< of the model, ns
  std::uint32_t links_down;    ///< Bit mask of NVLink links.

  std::uint32_t process_count;
  GpuProcess processes[kMaxProcesses];
  GpuInstance instances[kMaxGpuInstances];
  std::uint32_t generation;  ///< Of MIG instances, so that a new one is told from an old one.
  std::uint32_t sample_next;
  std::uint32_t sample_count;
  Sample samples[kMaxSamples];
};

/// Memory that processes hold, without what the driver reserves.
std::uint64_t memory_in_use(const Gpu& gpu);

}  // namespace accel::sim
