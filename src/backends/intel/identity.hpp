// Who a device is, from the bus and from what its driver keeps in memory. Wakes nothing.
#pragma once

#include "accel/accelerator_info.hpp"
#include "backends/intel/place.hpp"

namespace accel::intel {

/// From memory of its own by its id, else from its place on the bus; never from power.
[[nodiscard]] bool is_discrete(const PciFunction& function);

[[nodiscard]] AcceleratorInfo identity_of(const Place& place, const Machine& machine);

}  // namespace accel::intel
