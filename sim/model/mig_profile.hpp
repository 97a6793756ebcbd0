// One row of a card's table of MIG profiles, as a scenario states it.
#pragma once

#include <cstdint>

#include "limits.hpp"
#include "text.hpp"

namespace accel::sim {

struct MigProfile {
  std::uint32_t id;      ///< What create calls take, e.g. 19 for the smallest slice.
  std::uint32_t index;   ///< Position in the driver's loop over profiles.
  Text<32> name;         ///< "1g.10gb", without the word MIG.
  std::uint32_t slices;  ///< Compute slices.
  std::uint32_t max;     ///< Instances of this profile at once.
  std::uint32_t multiprocessors;
  std::uint64_t memory_mib;
  std::uint32_t copy_engines;
  std::uint32_t decoders;
  std::uint32_t encoders;
  std::uint32_t jpegs;
  std::uint32_t ofas;
  std::uint32_t size;  ///< Memory slices.
  std::uint32_t placement_count;
  std::uint32_t placements[kMaxPlacements];
};

}  // namespace accel::sim
