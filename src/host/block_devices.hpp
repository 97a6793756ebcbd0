// Which block devices are storage of their own, and how each is attached, by its place in sysfs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "base/dir.hpp"

namespace accel::host {

/// How a disk hangs on the host, as the components of its sysfs path show.
enum class Attachment {
  nvme,
  ata,
  sas,
  usb,
  virtio,
  iscsi,
  fibre_channel,
  mmc,
  xen,
  hyperv,
  other
};

struct BlockDevice {
  std::string name;                     ///< "sda"
  base::Dir dir;                        ///< where /sys/block/sda leads
  std::vector<std::string> components;  ///< of that path
  Attachment attachment = Attachment::other;

  /// The last component that starts with `prefix` and goes on with a digit; empty if none does.
  [[nodiscard]] std::string component(std::string_view prefix) const;
};

/// Left out: what only shows other storage again (partitions, loop, device mapper, md, the hidden
/// paths of a multipath device), memory used as a disk (ram, zram, pmem), and drives without a
/// medium. In the order of their names.
[[nodiscard]] std::vector<BlockDevice> block_devices(const Machine& machine);

}  // namespace accel::host
