// RDMA devices: InfiniBand, RoCE and iWARP, one entry a port.
#pragma once

#include <vector>

#include "accel/machine.hpp"
#include "accel/network_info.hpp"

namespace accel::host {

[[nodiscard]] std::vector<NetworkInfo> rdma_ports(const Machine& machine);

}  // namespace accel::host
