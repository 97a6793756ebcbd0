// Which disks hold a mounted file system, through partitions, logical volumes and arrays.
#pragma once

#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "host/mounts.hpp"

namespace accel::host {

/// Names of the disks ("nvme0n1"); several for an array; empty where none can be told.
[[nodiscard]] std::vector<std::string> disks_of(const Machine& machine, const Mount& mount);

}  // namespace accel::host
