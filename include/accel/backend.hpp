// A vendor: finds its devices, once, and gives them back.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/device.hpp"
#include "accel/event.hpp"
#include "accel/finding.hpp"
#include "accel/machine.hpp"
#include "accel/pci_function.hpp"

namespace accel {

/// What a vendor gets to know before it looks for itself.
struct Discovery {
  const Machine& machine;
  /// All accelerator functions of the PCI bus, of every vendor, in bus order.
  std::span<const PciFunction> pci;
};

/// What discovery found: the devices, and what went wrong on the way without hiding the others.
struct Discovered {
  std::vector<std::unique_ptr<Device>> devices;
  std::vector<Error> problems;
};

class Backend {
 public:
  virtual ~Backend() = default;

  /// Looks for devices, for the first time or again. No hardware, no driver, no library: an empty
  /// list, not an error. An error means that hardware is there and the vendor cannot be used at
  /// all. A suspended device is listed without being woken (unless machine.wake).
  [[nodiscard]] virtual Result<Discovered> discover(const Discovery& discovery) = 0;

  /// Releases the vendor's library. Never throws; a second call does nothing.
  virtual void shutdown() noexcept = 0;

  /// "cuda:1": how machine learning frameworks name that device.
  [[nodiscard]] virtual std::string framework_device(int index) const = 0;

  /// What an operator should know about this vendor's driver and library; cheap, wakes nothing.
  [[nodiscard]] virtual std::vector<Finding> findings() { return {}; }

  /// Events of all its devices; null when the vendor has none. Owned by the backend.
  [[nodiscard]] virtual EventSource* events() { return nullptr; }
};

/// One row of the registry.
struct BackendEntry {
  std::string_view vendor;  ///< "NVIDIA"
  DeviceType device_type;   ///< of most of its devices
  Verification verification;
  std::string_view verified_on;  ///< what it was verified on: "H200, driver 570; simulator"
  /// PCI vendor ids whose functions this backend claims.
  std::span<const std::uint16_t> pci_vendors;
  std::function<std::unique_ptr<Backend>(const Machine&)> make;
  /// Whether devices of the vendor may be where no function of `pci_vendors` shows them. A vendor
  /// that has none on the bus and says no is not asked at all. Runs on the thread of the System's
  /// user: looks at names that the kernel keeps, and calls no driver. Null: the vendor is always
  /// asked.
  std::function<bool(const Machine&)> may_be_elsewhere = nullptr;
};

/// For a vendor whose devices are on the PCI bus or nowhere.
inline bool nowhere_else(const Machine& /*machine*/) { return false; }

}  // namespace accel
