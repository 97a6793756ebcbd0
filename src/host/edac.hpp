// Memory errors and channels, as the kernel's EDAC drivers count them.
#pragma once

#include <cstdint>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel::host {

struct EdacCounts {
  Reading<std::int64_t> corrected;
  Reading<std::int64_t> uncorrected;
  Reading<std::int64_t> channels;  ///< with a module in them
};

[[nodiscard]] EdacCounts read_edac(const Machine& machine);

}  // namespace accel::host
