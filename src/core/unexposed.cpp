// Accelerators that the bus shows and no driver exposes.
#include <algorithm>
#include <array>
#include <cstdio>

#include "accel/system.hpp"

namespace accel {
namespace {

bool is_accessible(const PciFunction& function, std::span<const AcceleratorInfo* const> devices) {
  const auto found = std::ranges::find_if(devices, [&](const AcceleratorInfo* info) {
    return info->pci_address && *info->pci_address == function.address;
  });
  if (found == devices.end()) return false;
  const DeviceState state = (*found)->state;
  return state != DeviceState::no_driver && state != DeviceState::lost &&
         state != DeviceState::error;
}

/// "NVIDIA GeForce RTX 4090", or "NVIDIA 10de:2684" where nobody knows the name.
std::string name_of(const PciFunction& function, std::span<const AcceleratorInfo* const> devices) {
  const auto found = std::ranges::find_if(devices, [&](const AcceleratorInfo* info) {
    return info->pci_address && *info->pci_address == function.address;
  });
  std::string model = function.model;
  if (found != devices.end() && (*found)->model) model = *(*found)->model;
  if (model.empty()) {
    std::array<char, 16> ids{};
    std::snprintf(ids.data(), ids.size(), "%04x:%04x", function.ids.vendor, function.ids.device);
    model = ids.data();
  }
  return model.starts_with(function.vendor) ? model : function.vendor + " " + model;
}

}  // namespace

std::vector<std::string> unexposed_warnings(std::span<const PciFunction> pci,
                                            std::span<const AcceleratorInfo* const> devices) {
  const auto is_whole = [](const PciFunction& f) { return !f.physical_function; };
  const auto present = std::ranges::count_if(pci, is_whole);
  const auto accessible = std::ranges::count_if(
      pci, [&](const auto& f) { return is_whole(f) && is_accessible(f, devices); });
  std::vector<std::string> warnings;
  if (accessible == present) return warnings;
  if (accessible > 0) {
    warnings.push_back("WARNING: " + std::to_string(present) +
                       " GPUs detected on PCI bus, but only " + std::to_string(accessible) +
                       " accessible via drivers.");
    return warnings;
  }
  for (const PciFunction& function : pci) {
    if (!is_whole(function)) continue;
    warnings.push_back("WARNING: " + name_of(function, devices) + " detected on PCI bus (" +
                       function.address.text() + "), but not accessible via drivers.");
  }
  return warnings;
}

}  // namespace accel
