// PCI functions in a tree, laid out as the kernel does it: real folders below /sys/devices,
// relative links to them below /sys/bus/pci/devices.
#pragma once

#include <filesystem>
#include <string>

#include "support/fake_tree.hpp"

namespace accel::testing {

struct FakeFunction {
  /// Below /sys/devices; the last component is the address: "pci0000:00/0000:00:01.0/0000:01:00.0".
  std::filesystem::path path;
  std::string vendor = "0x10de";
  std::string device = "0x2330";
  std::string class_code = "0x030200";
  std::string subsystem_device = "0x0000";
  std::string driver = {};          ///< empty: none is bound
  std::string runtime_status = {};  ///< empty: no such file
  std::string speed = "32.0 GT/s PCIe";
  std::string width = "16";
};

/// Adds it and gives back its real folder, relative to the tree's root.
inline std::filesystem::path add_function(FakeTree& tree, const FakeFunction& function) {
  const auto folder = "sys/devices" / function.path;
  tree.file(folder / "vendor", function.vendor + "\n")
      .file(folder / "device", function.device + "\n")
      .file(folder / "class", function.class_code + "\n")
      .file(folder / "subsystem_vendor", function.vendor + "\n")
      .file(folder / "subsystem_device", function.subsystem_device + "\n")
      .file(folder / "revision", "0xa1\n")
      .file(folder / "numa_node", "-1\n")
      .file(folder / "current_link_speed", function.speed + "\n")
      .file(folder / "max_link_speed", function.speed + "\n")
      .file(folder / "current_link_width", function.width + "\n")
      .file(folder / "max_link_width", function.width + "\n");
  if (!function.driver.empty()) {
    const auto driver = std::filesystem::path("sys/bus/pci/drivers") / function.driver;
    tree.directory(driver).link(folder / "driver", driver.lexically_relative(folder));
  }
  if (!function.runtime_status.empty()) {
    tree.file(folder / "power/runtime_status", function.runtime_status + "\n");
  }
  tree.link("sys/bus/pci/devices" / function.path.filename(),
            folder.lexically_relative("sys/bus/pci/devices"));
  return folder;
}

/// A card straight on a root port of its own.
inline std::filesystem::path add_card(FakeTree& tree, const std::string& address,
                                      FakeFunction function = {}) {
  function.path = std::filesystem::path("pci0000:00/0000:00:01.0") / address;
  return add_function(tree, function);
}

}  // namespace accel::testing
