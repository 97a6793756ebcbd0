// What is known of an accelerator apart from its live readings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "accel/pci_address.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

enum class DeviceType { gpu, npu, tpu, lpu, wse, dsp, fpga, vpu, hpu, other };
enum class BusType { pcie, sxm, nvlink, infinity_fabric, soc, usb, network };
/// From bus position, memory architecture and Thunderbolt/USB4 path, never from a power limit.
enum class GpuType { integrated, discrete, external };
enum class DeviceState { ok, asleep, no_permission, no_driver, hung, lost, error };
/// listing: availability, count, list. monitoring: and the four readings and throttle reasons.
/// full: and a framework device string and a stress executor.
enum class SupportLevel { listing, monitoring, full };
/// How far a back end was verified; no claim goes beyond it.
enum class Verification { hardware, recorded, simulated, documented };

[[nodiscard]] std::string_view to_string(DeviceType type);
[[nodiscard]] std::string_view to_string(BusType type);
[[nodiscard]] std::string_view to_string(GpuType type);
[[nodiscard]] std::string_view to_string(DeviceState state);
[[nodiscard]] std::string_view to_string(SupportLevel level);
[[nodiscard]] std::string_view to_string(Verification verification);

struct PciIds {
  std::uint16_t vendor = 0;
  std::uint16_t device = 0;
  std::uint16_t subsystem_vendor = 0;
  std::uint16_t subsystem_device = 0;
  std::uint32_t class_code = 0;  ///< base class, sub-class, interface: 0x030200
  std::uint8_t revision = 0;
};

using ExtraValue = std::variant<std::int64_t, double, bool, std::string>;

/// Each Reading is nullable: it says why it is absent.
struct AcceleratorInfo {
  std::string uuid;    ///< identity: vendor UUID, serial, "PCI-..." or "NET-..."
  std::string vendor;  ///< "NVIDIA"
  DeviceType device_type = DeviceType::other;
  int index = 0;          ///< within its vendor
  int global_index = -1;  ///< over all vendors; a partition has its parent's
  int partition = -1;     ///< k of "GPU<n>.<k>"; -1 for a whole device
  std::string parent;     ///< uuid of the whole device; empty for one
  Reading<std::string> model;

  DeviceState state = DeviceState::ok;
  std::string state_reason;  ///< why the state is not ok
  std::string state_remedy;

  Reading<std::string> compute_capability;
  Reading<Bytes> memory;
  Reading<BusType> bus_type;
  Reading<std::int64_t> pcie_gen;
  Reading<double> bandwidth_gbps;  ///< 10^9 bytes/s of the interconnect, both directions
  Reading<std::string> driver;     ///< kernel driver bound to it: "nvidia"
  Reading<std::string> driver_version;
  Reading<std::string> firmware_version;
  Reading<std::string> serial;
  Reading<GpuType> gpu_type;
  Reading<std::int64_t> numa_node;
  Reading<PciAddress> pci_address;
  Reading<PciIds> pci_ids;
  std::vector<std::string> device_nodes;
  SupportLevel support_level = SupportLevel::listing;
  /// Vendor-specific facts in order: "sm_count" → 132.
  std::vector<std::pair<std::string, ExtraValue>> extra;
};

}  // namespace accel
