// Software that matters to accelerators, and its versions.
#pragma once

#include <string>

#include "accel/reading.hpp"

namespace accel {

struct SoftwareInfo {
  std::string name;  ///< "CUDA runtime", "docker"
  std::string kind;  ///< "driver", "runtime", "container", "framework", "library", "compiler"
  Reading<std::string> version;
};

}  // namespace accel
