// Quantities as people like to read them: "62 °C", "350.2 W", "79.6 GiB", "1980 MHz".
#pragma once

#include <string>

#include "accel/reading_set.hpp"
#include "accel/units.hpp"

namespace accel::render {

/// A number with at most that many decimals, without zeros at its end.
[[nodiscard]] std::string rounded(double number, int decimals);

[[nodiscard]] std::string size_text(Bytes size);        ///< "79.6 GiB"
[[nodiscard]] std::string share_text(double share);     ///< "85 %"
[[nodiscard]] std::string clock_text(Frequency clock);  ///< "1980 MHz"

/// Any metric's value with its unit; a switch is "on" or "off", an empty list "none".
[[nodiscard]] std::string amount(const MetricRow& metric, const ReadingValue& value);

}  // namespace accel::render
