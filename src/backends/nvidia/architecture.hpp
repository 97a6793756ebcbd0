// NVIDIA's GPU generations: their names and the size of their multiprocessors.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace accel::nvidia {

/// "Hopper" for nvmlDeviceArchitecture_t 9; empty for a number without a name.
[[nodiscard]] std::string_view architecture_name(std::uint32_t architecture);

/// "GeForce RTX" for nvmlBrandType_t 15; empty for a number without a name.
[[nodiscard]] std::string_view brand_name(std::uint32_t brand);

/// CUDA cores (FP32 lanes) of one multiprocessor; none for a compute capability we do not know.
[[nodiscard]] std::optional<std::uint32_t> cores_per_multiprocessor(int major, int minor);

}  // namespace accel::nvidia
