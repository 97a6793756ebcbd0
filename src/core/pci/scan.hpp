// The accelerators on the PCI bus, from sysfs alone: complete, and no device wakes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "accel/reading_set.hpp"

namespace accel::pci {

/// In bus order. A machine that shows no bus has those that its DRM cards name.
[[nodiscard]] std::vector<PciFunction> scan(const Machine& machine);

/// Whether runtime power management has suspended it now; asking wakes nothing. Unsupported where
/// there is no such file: then the function is always on.
[[nodiscard]] Reading<std::string> runtime_status(const PciFunction& function);

/// "16.0 GT/s PCIe" as the link files of `source` have it.
[[nodiscard]] Reading<TransferRate> link_speed(std::string_view text, const std::string& source);

struct Links {
  PciLink own;
  PciLink slot;
};
/// The links of a function that is awake; every reading `asleep` for one that is not.
[[nodiscard]] Links links(const PciFunction& function, const Machine& machine);

/// The upstream port of the card's own switch, by its real folder; the function's own folder where
/// the card has none.
[[nodiscard]] std::filesystem::path slot_directory(const std::filesystem::path& function,
                                                   std::uint64_t vendor);

/// What it is a virtual function (SR-IOV) of; nothing for any other.
[[nodiscard]] std::optional<PciAddress> physical_function(const std::filesystem::path& function);

/// Unsupported where the firmware names none (-1).
[[nodiscard]] Reading<std::int64_t> numa_node(const std::filesystem::path& function);

/// Adds link and error counter readings of the bus to `out`, where the vendor has said nothing
/// about them.
void sample_bus(const PciFunction& function, const Machine& machine, ReadingSet& out);

/// A name for the function from the system's pci.ids file; unsupported where there is none.
[[nodiscard]] Reading<std::string> database_name(const PciIds& ids, const Machine& machine);

}  // namespace accel::pci
