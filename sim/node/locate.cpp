#include "locate.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

namespace accel::sim {

std::string own_folder() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<void*>(&own_folder), &info) == 0 || info.dli_fname == nullptr) {
    return {};
  }
  // The name is as it was loaded: a node's library directory stays itself and is not resolved.
  const std::string file = info.dli_fname;
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos) return {};
  char resolved[PATH_MAX];
  return ::realpath(file.substr(0, slash).c_str(), resolved) != nullptr ? resolved : std::string();
}

std::string scenario_folder(const std::string& folder) {
  const std::string tail = "/share/accel/scenarios";
  std::string up = folder;
  for (int level = 0; level < 5; ++level) {
    if (::access((up + tail).c_str(), F_OK) == 0) return up + tail;
    const std::size_t slash = up.rfind('/');
    if (slash == std::string::npos) break;
    up.resize(slash);
  }
  return {};
}

}  // namespace accel::sim
