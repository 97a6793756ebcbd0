// An accelerator's function on the PCI bus, as sysfs describes it without waking it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/accelerator_info.hpp"
#include "accel/pci_address.hpp"
#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

/// Speed and width of a PCI Express link; absent where the file says "Unknown" or width 0.
struct PciLink {
  Reading<TransferRate> speed;
  Reading<TransferRate> max_speed;
  Reading<Lanes> width;
  Reading<Lanes> max_width;
};

struct PciFunction {
  PciAddress address;
  PciIds ids;
  std::filesystem::path directory;  ///< its real folder below the machine's root
  std::string vendor;               ///< "NVIDIA"; "PCI 1234" for a vendor without a name
  DeviceType device_type = DeviceType::other;
  std::string model;                    ///< from our id table; empty where it has none
  Reading<std::string> driver;          ///< absent with no_driver when none is bound
  Reading<std::string> runtime_status;  ///< "active", "suspended"; unsupported: always on
  Reading<std::int64_t> numa_node;
  PciLink link;  ///< of the function itself
  /// Of the topmost bridge that belongs to the card; equals `link` for a card without a switch.
  PciLink slot;
  bool behind_thunderbolt = false;
  bool boot_display = false;
  /// Of a virtual function (SR-IOV): the function that it is a part of.
  std::optional<PciAddress> physical_function;

  /// Reading the device through its driver would wake it.
  [[nodiscard]] bool is_suspended() const {
    return runtime_status && (*runtime_status == "suspended" || *runtime_status == "suspending");
  }
};

/// 32 GT/s → 5; absent for a speed that no generation has.
[[nodiscard]] Reading<std::int64_t> pcie_generation(const Reading<TransferRate>& speed);

/// Bytes per second of a link in both directions together, in units of 10^9.
[[nodiscard]] Reading<double> pcie_bandwidth_gbps(const PciLink& link);

}  // namespace accel
