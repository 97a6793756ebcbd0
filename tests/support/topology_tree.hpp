// PCI trees as they are found in machines, for tests of what lies between two devices.
#pragma once

#include <filesystem>
#include <string>

#include "support/fake_tree.hpp"
#include "support/pci_tree.hpp"

namespace accel::testing {

/// A port or a bridge of a switch; gives back `path`, so that a chain can be built.
inline std::string add_bridge(FakeTree& tree, const std::string& path,
                              const std::string& vendor = "0x1000") {
  FakeFunction bridge;
  bridge.path = path;
  bridge.vendor = vendor;
  bridge.class_code = "0x060400";
  add_function(tree, bridge);
  return path;
}

/// A GPU at a path whose last component is its address; -1 is a node that nobody names.
inline void add_gpu_at(FakeTree& tree, const std::string& path, int numa_node = -1,
                       const std::string& vendor = "0x10de") {
  FakeFunction gpu;
  gpu.path = path;
  gpu.vendor = vendor;
  gpu.driver = "nvidia";
  const auto folder = add_function(tree, gpu);
  tree.file(folder / "numa_node", std::to_string(numa_node) + "\n")
      .file(folder / "local_cpulist", numa_node > 0 ? "56-111\n" : "0-55\n");
}

/// An adapter with one port, its RDMA device and its network interface.
inline void add_nic_at(FakeTree& tree, const std::string& path, const std::string& name,
                       int numa_node = -1) {
  FakeFunction nic;
  nic.path = path;
  nic.vendor = "0x15b3";
  nic.class_code = "0x020700";
  nic.driver = "mlx5_core";
  const auto folder = add_function(tree, nic);
  tree.file(folder / "numa_node", std::to_string(numa_node) + "\n");
  const auto rdma = folder / "infiniband" / name;
  tree.file(rdma / "node_type", "1: CA\n")
      .file(rdma / "node_guid", "a088:c203:0000:0001\n")
      .file(rdma / "ports/1/state", "4: ACTIVE\n")
      .file(rdma / "ports/1/rate", "400 Gb/sec (4X NDR)\n")
      .file(rdma / "ports/1/link_layer", "InfiniBand\n")
      .link(rdma / "device", "../..")
      .link("sys/class/infiniband/" + name, rdma.lexically_relative("sys/class/infiniband"));
  const auto interface = folder / "net" / ("ib_" + name);
  tree.file(interface / "type", "32\n")
      .link(interface / "device", "../..")
      .link("sys/class/net/ib_" + name, interface.lexically_relative("sys/class/net"));
}

inline void add_numa_nodes(FakeTree& tree, int count) {
  for (int node = 0; node < count; ++node) {
    tree.directory("sys/devices/system/node/node" + std::to_string(node));
  }
}

}  // namespace accel::testing
