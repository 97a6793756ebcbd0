// Durations, sizes and powers as people write them, with their unit: "500ms", "4GiB", "250W".
#pragma once

#include <string_view>

#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::base {

// Each takes a number, perhaps with a fraction, and a unit right behind it or after a blank.
// invalid_argument, naming the units, for anything else: a bare number is never understood,
// because nobody can tell what it counts.

/// ns us ms s min h d; a sum without blanks is understood as well: "1h30min". Never negative.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

/// B, KiB MiB GiB TiB PiB (base 1024), kB KB MB GB TB PB (base 1000). Never negative.
[[nodiscard]] Result<Bytes> parse_size(std::string_view text);

/// uW mW W kW. Never negative.
[[nodiscard]] Result<Power> parse_power(std::string_view text);

}  // namespace accel::base
