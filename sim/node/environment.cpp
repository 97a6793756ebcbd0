#include "environment.hpp"

#include <unistd.h>

#include <cstdlib>

namespace accel::sim {

std::string environment(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): as safe as the program that loaded us makes it
  const char* text = std::getenv(name);
  return text != nullptr ? text : "";
}

bool is_root() { return ::geteuid() == 0 || environment("ACCEL_SIM_ROOT") == "1"; }

}  // namespace accel::sim
