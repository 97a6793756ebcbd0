// The host's network interfaces that matter to accelerators.
#pragma once

#include <cstdint>
#include <string>

#include "accel/pci_address.hpp"
#include "accel/reading.hpp"

namespace accel {

struct NetworkInfo {
  std::string name;  ///< "eth0", "mlx5_0"
  std::string kind;  ///< "ethernet", "wireless"; RDMA: "infiniband", "roce", "iwarp"
  int port = 0;      ///< of an RDMA device, from 1; 0 for any other interface
  Reading<std::string> driver;
  Reading<std::string> state;        ///< "up", "down"; RDMA: "ACTIVE"
  Reading<std::int64_t> speed_mbps;  ///< 10^6 bits per second
  Reading<PciAddress> pci_address;
  Reading<std::int64_t> numa_node;
  Reading<std::string> guid;  ///< of an RDMA device
};

}  // namespace accel
