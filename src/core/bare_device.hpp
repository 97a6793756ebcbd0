// A device that the bus shows and no back end serves: its identity, its state and why.
#pragma once

#include <memory>
#include <string>

#include "accel/device.hpp"
#include "accel/machine.hpp"
#include "accel/pci_function.hpp"

namespace accel {

/// Why nobody serves it; `state` ok means that it works, but this build has no back end for it.
struct BareState {
  DeviceState state = DeviceState::ok;
  std::string reason;
  std::string remedy;
};

[[nodiscard]] std::unique_ptr<Device> make_bare_device(const PciFunction& function,
                                                       const Machine& machine, BareState state);

/// What the bus tells of a device's identity; a back end starts from it.
[[nodiscard]] AcceleratorInfo bus_identity(const PciFunction& function);

}  // namespace accel
