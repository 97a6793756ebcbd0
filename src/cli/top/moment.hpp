// When and where: what the first line of the screen says besides the sample.
#pragma once

#include <chrono>
#include <string>

#include "accel/machine.hpp"

namespace accel::cli::top {

/// "14:03:22" of the local time.
[[nodiscard]] std::string clock_text(std::chrono::nanoseconds wall);

/// The name of this machine; of a recorded one, where it lies. Empty for a simulated one, which
/// says so itself.
[[nodiscard]] std::string host_name(const Machine& machine);

}  // namespace accel::cli::top
