// The whole of a machine's storage, with the two questions that leave sysfs as arguments.
#pragma once

#include <functional>
#include <vector>

#include "accel/machine.hpp"
#include "accel/storage_info.hpp"
#include "host/disk_health.hpp"
#include "host/remote_filesystems.hpp"

namespace accel::host {

/// Null where the machine cannot be asked, because it is a recording.
struct StorageProbes {
  std::function<DiskHealth(const Machine&, const DiskNode&)> health;
  CapacityProbe capacity;
};

[[nodiscard]] std::vector<StorageInfo> storage(const Machine& machine, const StorageProbes& probes);

}  // namespace accel::host
