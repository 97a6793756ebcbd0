// Where the configuration file of a machine is, and what of it concerns the machine.
#pragma once

#include <filesystem>

#include "accel/machine.hpp"
#include "cli/settings.hpp"
#include "cli/simulation.hpp"

namespace accel::cli {

/// What --config names; else that of the simulation, of the recording, of this user or of the
/// machine. It need not exist.
[[nodiscard]] std::filesystem::path configuration_file(const Settings& settings,
                                                       const Machine& machine,
                                                       const Simulation* simulation);

/// Reads the file into the machine. None is no failure, unless --config names it.
[[nodiscard]] Result<void> configure(Machine& machine, const Settings& settings,
                                     const Simulation* simulation);

}  // namespace accel::cli
