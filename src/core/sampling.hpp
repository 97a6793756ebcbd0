// Reading devices side by side, each within its deadline.
#pragma once

#include <span>
#include <vector>

#include "accel/system.hpp"

namespace accel {

[[nodiscard]] std::vector<DeviceSample> sample(System::State& state,
                                               std::span<const std::size_t> positions,
                                               System::Wanted wanted);

}  // namespace accel
