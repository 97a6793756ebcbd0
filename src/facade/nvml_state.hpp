// The state of an NVIDIA device in the facade's keys and units.
#pragma once

#include "accel/facade/nvml_backend.hpp"
#include "accel/reading_set.hpp"

namespace accel::facade {

/// Fractions are cut off. What is absent is under its key in `missing`.
[[nodiscard]] NvmlStateEx nvml_state(const ReadingSet& readings);

}  // namespace accel::facade
