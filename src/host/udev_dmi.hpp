// The memory modules in udev's database: systemd copies them out of the firmware's tables, and
// everybody may read them there.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "host/dmi.hpp"

namespace accel::host {

/// Of the file "+dmi:id": lines "E:MEMORY_DEVICE_0_SIZE=17179869184" (systemd 248 and later,
/// src/udev/dmi_memory_id). Empty where the text has none.
[[nodiscard]] std::vector<DmiMemoryDevice> parse_udev_memory(std::string_view text);

}  // namespace accel::host
