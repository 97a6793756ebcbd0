// What a table's files tell of a device that does not change: name, serial number, firmware.
#pragma once

#include <optional>

#include "accel/accelerator_info.hpp"
#include "accel/machine.hpp"
#include "core/sysfs/folders.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {

/// Adds the facts of the table, the version of the kernel module and the nodes to what the bus has
/// told. Those of a device that sleeps are absent with `asleep`, and no file of it is opened.
void read_facts(const Table& table, const Folders& folders, const std::optional<Absence>& asleep,
                const Machine& machine, AcceleratorInfo& info);

/// What is known of a device on the platform bus before its files are read.
[[nodiscard]] AcceleratorInfo platform_identity(const Table& table, const PlatformDevice& row,
                                                const base::Dir& device);

}  // namespace accel::sysfs
