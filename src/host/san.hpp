// Storage area networks: the target behind a SCSI disk that is reached over iSCSI or Fibre
// Channel.
#pragma once

#include <string>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "host/block_devices.hpp"

namespace accel::host {

struct SanTarget {
  Reading<std::string> server;
  Reading<std::string> target;
};

[[nodiscard]] SanTarget read_san_target(const Machine& machine, const BlockDevice& device);

}  // namespace accel::host
