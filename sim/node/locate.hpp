// Where this copy of the simulator lies, and hence its scenarios and libraries: build tree and
// installation have the same shape.
#pragma once

#include <string>

namespace accel::sim {

/// The folder of the shared object that contains this function, "" when unknown.
std::string own_folder();

/// share/accel/scenarios of the tree that `folder`, ending in accel/sim, belongs to. LIBDIR may be
/// one level deep (lib) or two (lib/x86_64-linux-gnu).
std::string scenario_folder(const std::string& folder);

}  // namespace accel::sim
