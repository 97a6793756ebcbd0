// Where the state of a simulated node lies, and the checks that make the place safe to use.
#pragma once

#include <string>

#include "problem.hpp"

namespace accel::sim {

/// $XDG_RUNTIME_DIR/accel-sim/NAME, else /tmp/accel-sim-UID/NAME. The parent is made, private, and
/// refused when another user could have prepared it.
Problem default_state_dir(const std::string& name, std::string& dir);

/// Makes `dir` with mode 0700 unless it exists; refuses a symbolic link, a directory of another
/// user (root's excepted), and one that others may write to.
Problem prepare_state_dir(const std::string& dir);

/// Removes what the simulator made below `dir`, then `dir` itself when it is empty.
Problem remove_state(const std::string& dir);

/// Removes a file or a whole folder, never following a symbolic link.
void remove_all(const std::string& path);

}  // namespace accel::sim
