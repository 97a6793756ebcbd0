// The accelerators on the PCI bus, from sysfs alone: complete, and no device wakes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "accel/reading_set.hpp"

namespace accel::pci {

/// In bus order. A machine without a PCI bus has none.
[[nodiscard]] std::vector<PciFunction> scan(const Machine& machine);

/// Whether runtime power management has suspended it now; asking wakes nothing. Unsupported where
/// there is no such file: then the function is always on.
[[nodiscard]] Reading<std::string> runtime_status(const PciFunction& function);

/// "16.0 GT/s PCIe" as the link files of `source` have it.
[[nodiscard]] Reading<TransferRate> link_speed(std::string_view text, const std::string& source);

/// The folder of the upstream port of the card's own switch, whose link is the one in the slot;
/// the function's own where its card has no switch.
[[nodiscard]] std::filesystem::path slot_directory(const PciFunction& function);

struct Links {
  PciLink own;
  PciLink slot;
};
/// The links of a function that is awake; every reading `asleep` for one that is not.
[[nodiscard]] Links links(const PciFunction& function, const Machine& machine);

/// Adds link and error counter readings of the bus to `out`, where the vendor has said nothing
/// about them.
void sample_bus(const PciFunction& function, const Machine& machine, ReadingSet& out);

/// A name for the function from the system's pci.ids file; unsupported where there is none.
[[nodiscard]] Reading<std::string> database_name(const PciIds& ids, const Machine& machine);

}  // namespace accel::pci
