// What NVIDIA's error codes (XIDs) mean and what to do about them.
#pragma once

#include <cstdint>
#include <string_view>

#include "accel/error.hpp"

namespace accel::nvidia {

struct XidMeaning {
  std::uint64_t code;
  Severity severity;
  std::string_view text;
  std::string_view next_step;
};

/// One row for every code; a code that is not in the catalogue is told as such.
[[nodiscard]] const XidMeaning& xid_meaning(std::uint64_t code);

}  // namespace accel::nvidia
