// The memory modules, from the firmware's tables or from udev's copy of them.
#pragma once

#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/memory_info.hpp"
#include "accel/result.hpp"
#include "host/dmi.hpp"

namespace accel::host {

/// Fills in modules, type, speed, error correction and, where nothing did before, channels.
void read_memory_modules(const Machine& machine, MemoryInfo& memory);

/// The whole of the firmware's tables; permission_denied without root.
[[nodiscard]] Result<DmiTables> firmware_tables(const Machine& machine);

}  // namespace accel::host
