// How many fans a board has.
#pragma once

#include <cstdint>

#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

/// 0 for a board that is cooled passively.
[[nodiscard]] Result<std::uint32_t> fan_count(const Gpu& gpu);
/// Why a board without fans has nothing to tell of them, and nothing to set.
[[nodiscard]] Error cooled_passively(const Gpu& gpu);

}  // namespace accel::nvidia
