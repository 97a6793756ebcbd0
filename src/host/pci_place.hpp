// Where on the PCI bus a device of another class hangs, by its resolved path.
#pragma once

#include <filesystem>

#include "accel/machine.hpp"
#include "accel/pci_address.hpp"
#include "accel/reading.hpp"
#include "base/dir.hpp"

namespace accel::host {

/// Of the nearest PCI function above `device`.
[[nodiscard]] Reading<PciAddress> pci_address_of(const Machine& machine, const base::Dir& device);

/// -1, "the firmware does not say", is absent.
[[nodiscard]] Reading<std::int64_t> numa_node_of(const Machine& machine, const base::Dir& device);

}  // namespace accel::host
