// Where a device's files are: its folder on the bus, and the folder and nodes of its DRM or accel
// device. Finding them reads only what the kernel keeps in memory.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "base/dir.hpp"

namespace accel::intel {

struct Place {
  PciFunction function;
  /// ".../card1" or ".../accel0"; empty where the driver has made none.
  std::filesystem::path class_folder;
  /// "/dev/dri/card1", "/dev/dri/renderD128", whether or not they exist.
  std::vector<std::string> nodes;

  [[nodiscard]] base::Dir device() const { return base::Dir(function.directory); }
  [[nodiscard]] base::Dir card() const { return base::Dir(class_folder); }
  /// "i915", "xe" or "intel_vpu"; empty without one.
  [[nodiscard]] std::string driver() const { return function.driver ? *function.driver : ""; }
};

/// Whether a driver of Intel's serves the function.
[[nodiscard]] bool is_served(const PciFunction& function);

[[nodiscard]] Place place_of(const PciFunction& function, const Machine& machine);

}  // namespace accel::intel
