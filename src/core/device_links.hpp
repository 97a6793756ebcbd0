// Asking devices for their links side by side, each within its deadline.
#pragma once

#include <span>
#include <vector>

#include "accel/system.hpp"

namespace accel {

[[nodiscard]] std::vector<Result<std::vector<DeviceLink>>> device_links(
    System::State& state, std::span<const std::size_t> positions);

}  // namespace accel
