// What sysfs says of one disk, and where its nodes are. Asks the disk itself nothing.
#pragma once

#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "accel/storage_info.hpp"
#include "base/dir.hpp"
#include "host/block_devices.hpp"

namespace accel::host {

/// How a disk can be asked for its health.
struct DiskNode {
  enum class Language { none, nvme, ata } language = Language::none;
  std::string path;           ///< of the node, e.g. "/dev/nvme0"
  std::string device_number;  ///< "259:0", as sysfs has it: the node must agree
  std::string why;            ///< of `none`
  bool rotates = false;
  bool suspended = false;  ///< by runtime power management: asking would wake it
  Reading<Temperature> warning_limit;
};

struct Disk {
  StorageInfo info;
  std::string name;
  DiskNode node;
};

[[nodiscard]] Disk read_disk(const Machine& machine, const BlockDevice& device);

}  // namespace accel::host
