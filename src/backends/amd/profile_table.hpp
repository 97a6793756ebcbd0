// The power profiles of pp_power_profile_mode, in the four layouts that drivers print.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::amd {

struct PowerProfile {
  int index = 0;  ///< what is written to choose it
  std::string name;
  bool is_active = false;
};

/// One profile a row, with parameters behind or below, or all profiles in one row. At most one of
/// them is marked. `malformed` where no row names a profile.
[[nodiscard]] Result<std::vector<PowerProfile>> parse_power_profiles(std::string_view text);

}  // namespace accel::amd
