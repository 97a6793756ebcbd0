// The vendors that this build of the library knows.
#pragma once

#include <vector>

#include "accel/backend.hpp"

namespace accel {

/// One row a vendor, in the order of the registry. Plug-ins are not among them.
[[nodiscard]] std::vector<BackendEntry> all_backends();

}  // namespace accel
