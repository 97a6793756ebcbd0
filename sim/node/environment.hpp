// The environment of the process that uses the simulator.
#pragma once

#include <string>

namespace accel::sim {

/// The variable's text, empty where it is not set. Nothing in the simulator changes the
/// environment.
std::string environment(const char* name);

}  // namespace accel::sim
