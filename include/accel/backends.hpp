// The vendors that this build of the library knows.
#pragma once

#include <vector>

#include "accel/backend.hpp"

namespace accel {

/// One row a vendor, in the order of the registry. Plug-ins are not among them.
[[nodiscard]] std::vector<BackendEntry> all_backends();

/// One row for each shared object (*.so) in machine.plugin_dirs, in the order of the directories
/// and then of names; see accelerator/plugin.h. One that cannot be loaded has a row as well: its
/// problem and its finding say why. Runs the plug-ins' start-up code. None in a build without them.
[[nodiscard]] std::vector<BackendEntry> plugin_backends(const Machine& machine);

}  // namespace accel
