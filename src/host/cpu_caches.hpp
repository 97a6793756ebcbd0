// The processors' caches and how many of each there are.
#pragma once

#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/machine.hpp"

namespace accel::host {

/// Looks at the given threads only: threads of one core share its caches. In the order of level,
/// type, then size. Sizes differ within a level where a host mixes cores.
[[nodiscard]] std::vector<CpuCache> read_caches(const Machine& machine,
                                                const std::vector<int>& threads);

}  // namespace accel::host
