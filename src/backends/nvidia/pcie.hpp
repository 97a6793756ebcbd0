// The PCI Express link where a GPU's identity or a slow reader needs it.
#pragma once

#include "accel/pci_address.hpp"
#include "backends/nvidia/sampling.hpp"

namespace accel::nvidia {

[[nodiscard]] Reading<TransferRate> highest_pcie_speed(Sampling& sampling);
[[nodiscard]] Reading<Lanes> highest_pcie_width(Sampling& sampling);

/// The address in an answer of the driver; `malformed` where it is none. NVML counts boards, not
/// their functions: the function is 0.
[[nodiscard]] Result<PciAddress> pci_address(const nvmlPciInfo_t& info, const char* source);

/// Measures for 20 ms a direction.
void read_pcie_throughput(Sampling& sampling);

}  // namespace accel::nvidia
