// The environment of the process that uses the simulator.
#pragma once

#include <string>

namespace accel::sim {

/// The variable's text, empty where it is not set. Nothing in the simulator changes the
/// environment.
std::string environment(const char* name);

/// Root, or a process that ACCEL_SIM_ROOT=1 treats as such.
bool is_root();

}  // namespace accel::sim
