// Faults that one process asks for in ACCEL_SIM_FAULT, separated by semicolons.
#pragma once

#include <cstdint>
#include <vector>

#include "../model/fault.hpp"

namespace accel::sim {

/// Those of the environment; malformed ones are left out.
std::vector<Fault> environment_faults(std::int64_t now);

}  // namespace accel::sim
