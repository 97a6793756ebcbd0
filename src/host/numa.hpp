// NUMA nodes: which processors and how much memory lie together, and how far apart nodes are.
#pragma once

#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/machine.hpp"

namespace accel::host {

[[nodiscard]] std::vector<NumaNode> read_numa_nodes(const Machine& machine);

}  // namespace accel::host
