// Software that matters to accelerators, and its versions.
#pragma once

#include <string>

#include "accel/reading.hpp"

namespace accel {

struct SoftwareInfo {
  std::string name;  ///< "CUDA runtime", "docker"
  std::string kind;  ///< "driver", "runtime", "container", "framework", "library", "compiler"
  Reading<std::string> version;
  std::string path;     ///< where it was found; empty when it was not
  Reading<bool> ready;  ///< container tools: set up to give accelerators to containers
};

}  // namespace accel
