// Files that no reader of ours opens and that help whoever looks into a bundle.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "accel/machine.hpp"

namespace accel::capture {

/// Their paths on this machine, whether they exist or not. Of a device that sleeps, or may be
/// asleep, only those are named that the kernel answers without it.
[[nodiscard]] std::vector<std::string> further_files(const Machine& machine);

/// Reads each, of which nothing is kept: somebody watches (base::FileWatch). One that hangs costs
/// `patience` and a thread, and a few of them end the reading.
void read_files(const Machine& machine, const std::vector<std::string>& paths, std::size_t limit,
                std::chrono::nanoseconds patience);

}  // namespace accel::capture
