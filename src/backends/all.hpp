// The vendors that this build knows, in the order of the registry.
#pragma once

#include <vector>

#include "accel/backend.hpp"

namespace accel {

/// One row a vendor. Plug-ins are not among them: see plugin/.
[[nodiscard]] std::vector<BackendEntry> all_backends();

}  // namespace accel
