// A topology as a tree to draw: NUMA nodes, host bridges, switches, and what hangs on them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "render/topology_words.hpp"

namespace accel::render {

enum class BranchKind { machine, numa_node, host_bridge, bridge, device, nic };

struct Branch {
  BranchKind kind = BranchKind::machine;
  std::vector<std::string> lines;  ///< "GPU0", "0000:1b:00.0"
  std::size_t position = 0;        ///< of a device or adapter in the topology
  std::vector<Branch> children;
};

/// Bridges that lead to one thing only are left out: each switch remains as one branch. Devices
/// without a place, and without a NUMA node, hang on the machine itself.
[[nodiscard]] Branch topology_tree(const Topology& topology);

/// A line between devices, or between a device and the switches of its kind of link.
struct LinkLine {
  std::size_t from = 0;
  std::size_t to = 0;  ///< as `from` where it leads to switches
  LinkKind kind = LinkKind::nvlink;
  std::string label;  ///< "NV18"
  bool to_switches = false;
};

/// Devices that are joined through switches have one line each, to the switches.
[[nodiscard]] std::vector<LinkLine> link_lines(const Topology& topology);

}  // namespace accel::render
