// Who a GPU is: from its handle where it may be asked, else from the bus and from /proc.
#pragma once

#include "accel/accelerator_info.hpp"
#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

/// What the bus and /proc tell; `function` may be null where there is no bus. Wakes nothing. The
/// fields that only the library knows are absent as `why` says.
[[nodiscard]] AcceleratorInfo quiet_identity(const Machine& machine, const PciFunction* function,
                                             const Absence& why);

/// Adds what the library tells of a GPU that is awake. A field that fails keeps what was known, or
/// says why it is absent.
void ask_identity(AcceleratorInfo& info, const Gpu& gpu, const Machine& machine);

/// Adds a device node if the machine has it.
void add_node(AcceleratorInfo& info, const Machine& machine, const std::string& node);

/// The address of a handle that was found by number; `malformed` if it is none.
[[nodiscard]] Result<PciAddress> address_of(const Gpu& gpu);

/// "00000000:41:00.0", as nvmlDeviceGetHandleByPciBusId wants it.
[[nodiscard]] std::string bus_id(const PciAddress& address);

}  // namespace accel::nvidia
