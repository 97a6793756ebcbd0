// The number that is looked for in a file of a driver, if it can be true.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accel/reading.hpp"
#include "base/dir.hpp"
#include "core/sysfs/table.hpp"

namespace accel::sysfs {

/// "41000\n" as an integer; `malformed` for anything else, a text without newline included: a
/// driver ends what it has written with one, so that text has been cut.
[[nodiscard]] Result<std::int64_t> parse_number(std::string_view text, Pick pick = Pick::only);

/// Whether the text is a field of 32 or 64 bits with all of them set, as hardware that is gone
/// reads, or -1.
[[nodiscard]] bool is_all_ones(std::string_view text);

struct Answer {
  Reading<std::int64_t> number;  ///< in base units
  bool is_missing = false;       ///< there is no such file
  bool is_all_ones = false;
};

/// Reads the file of `sensor` in `folder`. A number outside of what is believed is an error.
[[nodiscard]] Answer read_sensor(const Sensor& sensor, const base::Dir& folder, SteadyTime time);

}  // namespace accel::sysfs
