// From the readings of devices to what `accel top` shows of them.
#pragma once

#include <span>

#include "accel/system.hpp"
#include "cli/top/sample.hpp"

namespace accel::cli::top {

/// Adds devices and their programs to `sample`, in the order given.
void take(std::span<const DeviceSample> devices, Sample& sample);

/// Whether a figure that is shown is a rate that needs another sample.
[[nodiscard]] bool is_pending(const Sample& sample);

}  // namespace accel::cli::top
