// Questions to an NVMe controller, through the kernel's pass-through.
#pragma once

#include <array>
#include <cstdint>

#include "accel/result.hpp"
#include "host/device_node.hpp"

namespace accel::host {

/// Log page 0x02 of the whole controller.
[[nodiscard]] Result<std::array<std::uint8_t, 512>> nvme_smart_page(const DeviceNode& node);
/// What the controller says of itself.
[[nodiscard]] Result<std::array<std::uint8_t, 4096>> nvme_identification(const DeviceNode& node);

}  // namespace accel::host
