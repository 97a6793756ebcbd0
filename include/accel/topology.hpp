// How far apart the accelerators and RDMA adapters of a machine are, and what joins each two.
//
// Levels come from the tree of the PCI bus and NUMA nodes in sysfs, links from the vendors' own
// interfaces; nothing is taken from another tool's text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/device_link.hpp"
#include "accel/network_info.hpp"
#include "accel/system.hpp"

namespace accel {

/// What lies between two devices on the PCI bus, nearest first. The numbers are stable: those up
/// to `system` are the levels of the provider interface.
enum class TopologyLevel : std::uint8_t {
  same_board = 0,        ///< one card, or functions of one device
  single_switch = 1,     ///< at most one PCI Express switch
  several_switches = 2,  ///< several of them, but no host bridge
  host_bridge = 3,       ///< the root ports of one host bridge
  numa_node = 4,         ///< several host bridges of one NUMA node
  system = 5,            ///< the way from one NUMA node to another
  same_device = 6,       ///< nothing: partitions of one device
};
[[nodiscard]] std::string_view to_string(TopologyLevel level);

/// Where a PCI function hangs.
struct PciPlace {
  PciAddress address;
  /// Folder names from the host bridge ("pci0000:15") over bridges ("0000:15:01.0") to itself.
  std::vector<std::string> path;
  /// Position in `path` of the topmost bridge that belongs to its card; of itself without one.
  std::size_t card = 0;
  /// What it is a virtual function of; its own address where it is none.
  PciAddress physical;
  Reading<std::int64_t> numa_node;
  Reading<std::string> cpus;  ///< processors next to it: "0-55,112-167"
};

/// Reads sysfs alone, which wakes nothing.
[[nodiscard]] Reading<PciPlace> pci_place(const Machine& machine, const PciAddress& address);

/// `numa_nodes`: how many the machine has; 0 where it does not say. Absent where neither the bus
/// nor the NUMA nodes tell.
[[nodiscard]] Reading<TopologyLevel> level_between(const PciPlace& a, const PciPlace& b,
                                                   std::size_t numa_nodes);

/// Links of one kind that join two devices.
struct PeerLink {
  LinkKind kind = LinkKind::nvlink;
  Reading<std::int64_t> lanes;  ///< that are up, all together
  bool through_switch = false;
  int hops = 1;
};

struct TopologyDevice {
  const AcceleratorInfo* info = nullptr;  ///< valid until the next discover()
  Reading<PciPlace> place;
  Result<std::vector<DeviceLink>> links = std::vector<DeviceLink>{};
};

struct TopologyNic {
  struct Port {
    int number = 1;
    Reading<std::string> state;        ///< "ACTIVE"
    Reading<std::int64_t> speed_mbps;  ///< 10^6 bits per second
  };
  std::string name;  ///< "mlx5_0"
  std::string kind;  ///< "infiniband", "roce", "iwarp"
  std::vector<Port> ports;
  std::vector<std::string> interfaces;  ///< network interfaces of the same PCI function
  Reading<PciPlace> place;
};

/// What joins two devices: their own links where there are any, and in any case the PCI bus.
struct TopologyPair {
  Reading<TopologyLevel> level;
  std::optional<PeerLink> link;
};

/// Links between two devices as both ends tell of them: those that are up and lead to the other, or
/// to a switch where both have such. Where the ends differ, the smaller number.
[[nodiscard]] std::optional<PeerLink> link_between(const TopologyDevice& a,
                                                   const TopologyDevice& b);

/// RDMA adapters among the ports and interfaces that host::network() lists.
[[nodiscard]] std::vector<TopologyNic> rdma_adapters(const Machine& machine,
                                                     std::span<const NetworkInfo> network);

/// All pairs. A value: it asks nothing once it is made.
class Topology {
 public:
  Topology(std::vector<TopologyDevice> devices, std::vector<TopologyNic> nics,
           std::size_t numa_nodes);

  [[nodiscard]] const std::vector<TopologyDevice>& devices() const { return devices_; }
  [[nodiscard]] const std::vector<TopologyNic>& nics() const { return nics_; }
  /// How many the machine has; 0 where it does not say.
  [[nodiscard]] std::size_t numa_nodes() const { return numa_nodes_; }

  /// Two devices, by position; the order does not matter.
  [[nodiscard]] const TopologyPair& between(std::size_t a, std::size_t b) const;
  [[nodiscard]] const Reading<TopologyLevel>& to_nic(std::size_t device, std::size_t nic) const;
  /// Positions of the adapters that are nearest by level, then by bridges on the way; several where
  /// they are equally near, none where no level is known.
  [[nodiscard]] std::vector<std::size_t> nearest_nics(std::size_t device) const;

 private:
  std::vector<TopologyDevice> devices_;
  std::vector<TopologyNic> nics_;
  std::size_t numa_nodes_ = 0;
  std::vector<TopologyPair> pairs_;
  std::vector<Reading<TopologyLevel>> nic_levels_;
};

/// Asks the devices at those positions for their links, side by side, each within its deadline.
[[nodiscard]] Topology topology(System& system, std::span<const std::size_t> positions,
                                std::span<const NetworkInfo> network);

}  // namespace accel
