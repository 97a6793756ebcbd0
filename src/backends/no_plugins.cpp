// A build without plug-ins.
#include "accel/backends.hpp"

namespace accel {

std::vector<BackendEntry> plugin_backends(const Machine& /*machine*/) { return {}; }

}  // namespace accel
