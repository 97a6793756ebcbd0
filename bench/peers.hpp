// Comparable programs of others, run against the same simulated driver. Which there are, and where,
// the environment says: ACCEL_PEERS, a list of programs and of folders with programs, separated by
// colons.
#pragma once

#include <string>
#include <vector>

#include "claims.hpp"

namespace accel::bench {

struct Peers {
  std::vector<Subject> found;
  std::vector<std::string> absent;
};

[[nodiscard]] Peers find_peers(const Place& place);

}  // namespace accel::bench
