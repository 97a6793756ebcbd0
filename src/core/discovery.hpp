// Finding every device once: the bus, the vendors, the merge, the order.
#pragma once

#include "accel/system.hpp"

namespace accel {

/// Fills state.pci, devices and problems anew.
void discover(System::State& state);

/// Asks every vendor what it finds wrong, each within its deadline.
[[nodiscard]] std::vector<Finding> findings(System::State& state);

}  // namespace accel
