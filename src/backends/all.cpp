// The visible list of vendors.
#include "accel/backends.hpp"

#ifdef ACCEL_BACKEND_NVIDIA
#include "backends/nvidia/backend.hpp"
#endif

namespace accel {

std::vector<BackendEntry> all_backends() {
  return {
#ifdef ACCEL_BACKEND_NVIDIA
      nvidia::entry(),
#endif
  };
}

}  // namespace accel
