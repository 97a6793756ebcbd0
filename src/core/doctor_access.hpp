// What keeps this user or container from devices and counters that are there.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "accel/system.hpp"

namespace accel {

/// "GPU0 (NVIDIA H100)", as findings name a device.
[[nodiscard]] std::string name_of(const AcceleratorInfo& info);

/// Device nodes, their groups, device rules, and counters that need a capability. Opens no node.
void examine_access(const Machine& machine, std::span<const DeviceSample> samples,
                    std::vector<Finding>& findings);

}  // namespace accel
