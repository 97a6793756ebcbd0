// How far apart two PCI functions are: the nearest bridge above both, and what lies below it.
#include <algorithm>

#include "accel/topology.hpp"

namespace accel {
namespace {

/// Leading folders that both have.
std::size_t common_length(const PciPlace& a, const PciPlace& b) {
  const auto ends = std::ranges::mismatch(a.path, b.path);
  return static_cast<std::size_t>(ends.in1 - a.path.begin());
}

bool is_same_board(const PciPlace& a, const PciPlace& b) {
  const auto slot = [](const PciAddress& at) {
    return PciAddress{at.domain, at.bus, at.device, 0};
  };
  // A card's own switch, or functions of one device, or virtual ones of it.
  return a.path[a.card] == b.path[b.card] || slot(a.physical) == slot(b.physical);
}

/// Bridges between the one that both share and the card. A switch has two: its upstream port, which
/// its devices share, and a downstream port for each.
std::size_t ports_below(const PciPlace& place, std::size_t common) {
  // The other device hangs on a switch of this card: then the card is the function alone.
  const std::size_t card = place.card < common ? place.path.size() - 1 : place.card;
  return card - common;
}

Reading<TopologyLevel> level_by_numa(const PciPlace& a, const PciPlace& b, std::size_t numa_nodes) {
  if (a.numa_node && b.numa_node) {
    return *a.numa_node == *b.numa_node ? TopologyLevel::numa_node : TopologyLevel::system;
  }
  if (numa_nodes == 1) return TopologyLevel::numa_node;
  const auto& unknown = a.numa_node ? b.numa_node : a.numa_node;
  return Absence{unknown.status(), "on different host bridges, and " + unknown.reason(), ""};
}

}  // namespace

Reading<TopologyLevel> level_between(const PciPlace& a, const PciPlace& b, std::size_t numa_nodes) {
  if (a.address == b.address) return TopologyLevel::same_device;
  const std::size_t common = common_length(a, b);
  if (common == 0) return level_by_numa(a, b, numa_nodes);
  if (is_same_board(a, b)) return TopologyLevel::same_board;
  if (a.path[common - 1].starts_with("pci")) return TopologyLevel::host_bridge;
  const bool one_switch = ports_below(a, common) <= 1 && ports_below(b, common) <= 1;
  return one_switch ? TopologyLevel::single_switch : TopologyLevel::several_switches;
}

std::string_view to_string(TopologyLevel level) {
  switch (level) {
    case TopologyLevel::same_board: return "same_board";
    case TopologyLevel::single_switch: return "single_switch";
    case TopologyLevel::several_switches: return "several_switches";
    case TopologyLevel::host_bridge: return "host_bridge";
    case TopologyLevel::numa_node: return "numa_node";
    case TopologyLevel::system: return "system";
    case TopologyLevel::same_device: return "same_device";
  }
  return "";
}

}  // namespace accel
