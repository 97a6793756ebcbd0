// Which PCI vendors and devices are accelerators, and what they are called.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accel/accelerator_info.hpp"

namespace accel::pci {

/// What our tables know about a function. A vendor id alone never makes one an accelerator: the
/// same vendors make network cards, disks and bridges.
struct Classification {
  bool is_accelerator = false;
  std::string vendor;  ///< "NVIDIA"; "PCI 1234" for a vendor without a name here
  DeviceType type = DeviceType::other;
  std::string_view model;  ///< of a listed vendor:device id; empty otherwise
};

[[nodiscard]] Classification classify(const PciIds& ids);

/// "NVIDIA" for 0x10de; "PCI 1234" for an id that is not in the table.
[[nodiscard]] std::string vendor_name(std::uint16_t vendor);

}  // namespace accel::pci
