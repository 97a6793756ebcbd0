// What /etc/fstab says should be mounted.
#pragma once

#include <string_view>
#include <vector>

#include "host/mounts.hpp"

namespace accel::host {

/// Source, mount point and type of each entry (fstab(5)); device numbers are not known here.
[[nodiscard]] std::vector<Mount> parse_fstab(std::string_view text);

}  // namespace accel::host
