// The processors' clocks, as their frequency driver states them.
#pragma once

#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/machine.hpp"

namespace accel::host {

/// Fills in the three clocks. `threads`: one of each core.
void read_clocks(const Machine& machine, const std::vector<int>& threads, CpuInfo& cpu);

}  // namespace accel::host
