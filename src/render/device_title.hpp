// How a device is called on a screen.
#pragma once

#include <string>

#include "accel/accelerator_info.hpp"

namespace accel::render {

/// "3", "0.1" for a partition: what --device takes.
[[nodiscard]] std::string device_selector(const AcceleratorInfo& info);

/// The same in brackets.
[[nodiscard]] std::string device_number(const AcceleratorInfo& info);

/// The model, or the ids by which the bus knows it: "device 1002:744c".
[[nodiscard]] std::string model_text(const AcceleratorInfo& info);

}  // namespace accel::render
