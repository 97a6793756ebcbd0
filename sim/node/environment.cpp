#include "environment.hpp"

#include <cstdlib>

namespace accel::sim {

std::string environment(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): as safe as the program that loaded us makes it
  const char* text = std::getenv(name);
  return text != nullptr ? text : "";
}

}  // namespace accel::sim
