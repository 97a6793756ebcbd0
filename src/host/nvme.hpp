// NVMe controllers in sysfs: the one behind a disk, and how it is reached.
#pragma once

#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "base/dir.hpp"
#include "host/block_devices.hpp"

namespace accel::host {

struct NvmeController {
  std::string name;  ///< "nvme0"
  base::Dir dir;
  Reading<std::string> transport;  ///< "pcie", "tcp", "rdma", "fc"
  Reading<std::string> server;     ///< of a fabric: the target's address
  Reading<std::string> subsystem;  ///< of a fabric: the subsystem's qualified name
};

/// The controller itself, or the first of those that lead to a multipath disk.
[[nodiscard]] std::optional<NvmeController> nvme_controller(const Machine& machine,
                                                            const BlockDevice& device);

/// "10.0.0.5:4420" of "traddr=10.0.0.5,trsvcid=4420,src_addr=...".
[[nodiscard]] std::string fabric_server(std::string_view address);

}  // namespace accel::host
