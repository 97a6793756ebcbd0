// The process that reads devices for the screen: its work, which may die in a driver.
#pragma once

#include <span>

#include "cli/context.hpp"

namespace accel::cli::top {

/// Looks for devices and sends a sample over the socket `file` at every interval, as orders that
/// arrive there say, until the other end is closed. Gives back an exit status.
int read_devices(const Context& context, std::span<const Crash> crashes, int file);

}  // namespace accel::cli::top
