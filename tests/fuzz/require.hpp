// What must be true in a fuzzer. Unlike assert, it stays in optimised builds.
#pragma once

#include <cstdlib>

namespace accel::fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace accel::fuzz
