// What NVML's mask of clock event reasons means in the names that all vendors share.
#pragma once

#include <cstdint>

#include "accel/metric.hpp"

namespace accel::nvidia {

/// Limits that reduce performance, each once, in the order of the table of normalised names. Idle
/// clocks and clocks that a user chose are none.
[[nodiscard]] TextList throttle_reasons(std::uint64_t mask);

/// Every bit by NVML's own name, unknown ones as "bit_12".
[[nodiscard]] TextList clock_reason_names(std::uint64_t mask);

}  // namespace accel::nvidia
