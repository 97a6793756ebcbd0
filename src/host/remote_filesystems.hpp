// The remote file systems of a machine as storage: those mounted, with their sizes, and those
// only configured.
#pragma once

#include <functional>
#include <vector>

#include "accel/machine.hpp"
#include "accel/storage_info.hpp"
#include "host/mounts.hpp"

namespace accel::host {

/// Asks one mounted file system for its size; may block for ever.
using CapacityProbe = std::function<Result<Bytes>(const std::filesystem::path& mount_point)>;

/// Asks all at once, for at most a second. Null `probe`: none is asked, `why` says why.
[[nodiscard]] std::vector<StorageInfo> remote_filesystems(const Machine& machine,
                                                          const std::vector<Mount>& mounts,
                                                          const CapacityProbe& probe);

}  // namespace accel::host
