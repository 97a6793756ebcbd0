// RDMA adapters with their ports, from the flat list that the host has of its network.
#include <algorithm>

#include "accel/topology.hpp"

namespace accel {
namespace {

/// RDMA ports are counted from 1; 0 is any other interface.
bool is_rdma_port(const NetworkInfo& info) { return info.port > 0; }

bool is_same_function(const NetworkInfo& a, const NetworkInfo& b) {
  return a.pci_address && b.pci_address && *a.pci_address == *b.pci_address;
}

TopologyNic adapter(const Machine& machine, const NetworkInfo& port,
                    std::span<const NetworkInfo> network) {
  TopologyNic nic;
  nic.name = port.name;
  nic.kind = port.kind;
  if (port.pci_address) {
    nic.place = pci_place(machine, *port.pci_address);
  } else {
    nic.place = {port.pci_address.absence(), port.pci_address.source()};
  }
  for (const NetworkInfo& other : network) {
    const bool is_interface = !is_rdma_port(other) && is_same_function(other, port);
    if (is_interface) nic.interfaces.push_back(other.name);
  }
  return nic;
}

}  // namespace

std::vector<TopologyNic> rdma_adapters(const Machine& machine,
                                       std::span<const NetworkInfo> network) {
  std::vector<TopologyNic> nics;
  for (const NetworkInfo& info : network) {
    if (!is_rdma_port(info)) continue;
    auto nic = std::ranges::find(nics, info.name, &TopologyNic::name);
    if (nic == nics.end()) nic = nics.insert(nics.end(), adapter(machine, info, network));
    nic->ports.push_back({info.port, info.state, info.speed_mbps});
  }
  return nics;
}

}  // namespace accel
