// One look at the machine for `accel top`.
#pragma once

#include <span>

#include "accel/system.hpp"
#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// Reads the devices at those positions and the programs that use them. `details`: the one of them,
/// by its place in `positions`, of which everything is told, in texts of at most `width` columns.
struct Look {
  std::span<const std::size_t> positions;
  std::int64_t details = -1;
  std::size_t width = 0;
  bool slow = false;  ///< also what takes long to read
};

[[nodiscard]] Sample look(System& system, const Look& wanted);

}  // namespace accel::cli::top
