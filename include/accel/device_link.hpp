// One link of a device's own interconnect, as the device's vendor tells of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "accel/pci_address.hpp"
#include "accel/reading.hpp"

namespace accel {

enum class LinkKind { nvlink, xgmi, xe_link };
/// What the other end is: an accelerator, a switch that joins accelerators, or a processor.
enum class LinkEnd { device, fabric_switch, processor };

[[nodiscard]] std::string_view to_string(LinkKind kind);
[[nodiscard]] std::string_view to_string(LinkEnd end);

struct DeviceLink {
  LinkKind kind = LinkKind::nvlink;
  int number = 0;  ///< at this device, from 0
  /// How many lanes this entry stands for: 1 where a vendor tells of each by itself.
  Reading<std::int64_t> lanes;
  Reading<bool> up;
  Reading<LinkEnd> end;
  Reading<PciAddress> remote;  ///< of the other end
  int hops = 1;                ///< more than one where other devices pass data on
};

}  // namespace accel
