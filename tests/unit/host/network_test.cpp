#include <gtest/gtest.h>

#include "accel/host.hpp"
#include "host_trees.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeTree;
using accel::testing::machine_at;

constexpr const char* kFunction = "devices/pci0000:80/0000:81:00.0";

void add_interface(FakeTree& tree, const std::string& name) {
  const std::string function = std::string("sys/") + kFunction;
  const std::string dir = function + "/net/" + name;
  tree.file(dir + "/operstate", "up\n")
      .file(dir + "/speed", "100000\n")
      .file(dir + "/type", "1\n")
      .link(dir + "/device", "../../")
      .file(function + "/numa_node", "1\n")
      .link(function + "/driver", "../../../bus/pci/drivers/mlx5_core")
      .link("sys/class/net/" + name, std::string("../../") + kFunction + "/net/" + name);
}

void add_rdma(FakeTree& tree, const std::string& layer, const std::string& node_type) {
  const std::string function = std::string("sys/") + kFunction;
  const std::string dir = function + "/infiniband/mlx5_0";
  tree.file(dir + "/node_guid", "0c42:a103:00a1:b2c3\n")
      .file(dir + "/node_type", node_type + "\n")
      .file(dir + "/ports/1/state", "4: ACTIVE\n")
      .file(dir + "/ports/1/rate", "400 Gb/sec (4X NDR)\n")
      .file(dir + "/ports/1/link_layer", layer + "\n")
      .link(dir + "/device", "../../")
      .file(function + "/numa_node", "1\n")
      .link("sys/class/infiniband/mlx5_0",
            std::string("../../") + kFunction + "/infiniband/mlx5_0");
}

TEST(Network, ReadsAnInterfaceWithItsPlace) {
  FakeTree tree;
  add_interface(tree, "eth0");

  const auto found = network(machine_at(tree));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "eth0");
  EXPECT_EQ(found[0].kind, "ethernet");
  EXPECT_EQ(found[0].driver.optional(), "mlx5_core");
  EXPECT_EQ(found[0].state.optional(), "up");
  EXPECT_EQ(found[0].speed_mbps.optional(), 100'000);
  ASSERT_TRUE(found[0].pci_address);
  EXPECT_EQ(found[0].pci_address->text(), "0000:81:00.0");
  EXPECT_EQ(found[0].numa_node.optional(), 1);
}

TEST(Network, HasNoSpeedWhereTheDriverStatesNone) {
  FakeTree tree;
  add_interface(tree, "eth0");
  tree.file(std::string("sys/") + kFunction + "/net/eth0/speed", "-1\n")
      .file(std::string("sys/") + kFunction + "/numa_node", "-1\n");

  const auto found = network(machine_at(tree));
  EXPECT_EQ(found.at(0).speed_mbps.status(), ReadingStatus::unsupported);
  EXPECT_EQ(found.at(0).numa_node.status(), ReadingStatus::unsupported);
}

TEST(Network, LeavesOutInterfacesWithoutHardware) {
  FakeTree tree;
  tree.file("sys/devices/virtual/net/docker0/operstate", "up\n")
      .link("sys/class/net/docker0", "../../devices/virtual/net/docker0")
      .file("sys/class/net/bonding_masters", "\n");

  EXPECT_TRUE(network(machine_at(tree)).empty());
}

TEST(Network, ReadsAnInfinibandPort) {
  FakeTree tree;
  add_rdma(tree, "InfiniBand", "1: CA");

  const auto found = network(machine_at(tree));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "mlx5_0");
  EXPECT_EQ(found[0].port, 1);
  EXPECT_EQ(found[0].kind, "infiniband");
  EXPECT_EQ(found[0].state.optional(), "ACTIVE");
  EXPECT_EQ(found[0].speed_mbps.optional(), 400'000);
  EXPECT_EQ(found[0].guid.optional(), "0c42:a103:00a1:b2c3");
  EXPECT_EQ(found[0].pci_address->text(), "0000:81:00.0");
  EXPECT_EQ(found[0].numa_node.optional(), 1);
}

TEST(Network, TellsRoceFromIwarp) {
  FakeTree roce;
  add_rdma(roce, "Ethernet", "1: CA");
  EXPECT_EQ(network(machine_at(roce)).at(0).kind, "roce");

  FakeTree iwarp;
  add_rdma(iwarp, "Ethernet", "4: RNIC");
  EXPECT_EQ(network(machine_at(iwarp)).at(0).kind, "iwarp");
}

TEST(Network, RefusesARateThatIsNone) {
  FakeTree tree;
  add_rdma(tree, "InfiniBand", "1: CA");
  const std::string rate = std::string("sys/") + kFunction + "/infiniband/mlx5_0/ports/1/rate";
  for (const char* text : {"fast\n", "400\n", "-1 Gb/sec\n", "1e99 Gb/sec\n", "nan Gb/sec\n"}) {
    tree.file(rate, text);
    EXPECT_EQ(network(machine_at(tree)).at(0).speed_mbps.status(), ReadingStatus::error) << text;
  }
  tree.file(rate, "2.5 Gb/sec (1X SDR)\n");
  EXPECT_EQ(network(machine_at(tree)).at(0).speed_mbps.optional(), 2500);
}

}  // namespace
}  // namespace accel::host
