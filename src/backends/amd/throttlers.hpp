// What the independent throttle status of the metrics table means, bit by bit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace accel::amd {

/// The driver's name of each bit that is set: "PPT0"; "bit 60" for one without a name.
[[nodiscard]] std::vector<std::string> throttler_names(std::uint64_t mask);

/// The limits that those bits stand for, in normalised names, each once.
[[nodiscard]] std::vector<std::string> throttle_reasons(std::uint64_t mask);

}  // namespace accel::amd
