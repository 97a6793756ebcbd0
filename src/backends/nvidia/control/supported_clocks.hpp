// The clocks that a GPU has, rising.
#pragma once

#include <cstdint>
#include <vector>

#include "accel/result.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

[[nodiscard]] Result<std::vector<double>> memory_clocks(const Gpu& gpu);
/// Those that go with one clock of the memory.
[[nodiscard]] Result<std::vector<double>> graphics_clocks(const Gpu& gpu, std::uint32_t memory);
/// Those that go with any of them.
[[nodiscard]] Result<std::vector<double>> graphics_clocks(const Gpu& gpu);

}  // namespace accel::nvidia
