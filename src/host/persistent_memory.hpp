// Memory beside the board's modules: NVDIMM and Optane regions, CXL devices.
#pragma once

#include <vector>

#include "accel/machine.hpp"
#include "accel/memory_info.hpp"

namespace accel::host {

[[nodiscard]] std::vector<PersistentMemory> read_persistent_memory(const Machine& machine);

}  // namespace accel::host
