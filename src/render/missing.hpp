// The readings a device does not give, gathered by why.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "accel/reading_set.hpp"

namespace accel::render {

/// Readings that are absent for the same reason.
struct MissingGroup {
  ReadingStatus status = ReadingStatus::unsupported;
  std::string why;  ///< "Not Supported": the reason without what was asked
  std::string remedy;
  std::string names;  ///< "fan_speed, link_up.0-17"
  std::size_t count = 0;
};

/// Groups in the order in which they first appear.
[[nodiscard]] std::vector<MissingGroup> missing_groups(const ReadingSet& readings);

/// "needs a workload": a status as people say it.
[[nodiscard]] std::string_view spoken(ReadingStatus status);

}  // namespace accel::render
