// What lies between two devices, by the tree of the PCI bus.
#include <gtest/gtest.h>

#include "accel/topology.hpp"
#include "support/topology_tree.hpp"

namespace accel {
namespace {

using testing::add_bridge;
using testing::add_gpu_at;
using testing::FakeTree;

class TopologyLevels : public ::testing::Test {
 protected:
  [[nodiscard]] Reading<PciPlace> place(std::string_view address) const {
    Machine machine;
    machine.root = tree_.root();
    return pci_place(machine, PciAddress::parse(address).value());
  }
  Reading<TopologyLevel> between(std::string_view a, std::string_view b, std::size_t nodes = 0) {
    const auto first = place(a);
    const auto second = place(b);
    EXPECT_TRUE(first && second) << first.reason() << second.reason();
    const auto level = level_between(*first, *second, nodes);
    EXPECT_EQ(level_between(*second, *first, nodes).optional(), level.optional()) << "symmetrical";
    return level;
  }
  /// The upstream port of a switch below a root port.
  std::string add_switch() {
    const auto root = add_bridge(tree_, "pci0000:15/0000:15:01.0", "0x8086");
    return add_bridge(tree_, root + "/0000:16:00.0");
  }

  FakeTree tree_;
};

TEST_F(TopologyLevels, FunctionsOfOneDeviceAreOnOneBoard) {
  const auto port = add_bridge(tree_, "pci0000:00/0000:00:01.0", "0x8086");
  add_gpu_at(tree_, port + "/0000:01:00.0");
  add_gpu_at(tree_, port + "/0000:01:00.1");

  EXPECT_EQ(between("0000:01:00.0", "0000:01:00.1").optional(), TopologyLevel::same_board);
}

TEST_F(TopologyLevels, AVirtualFunctionIsOnTheBoardOfItsPhysicalOne) {
  const auto port = add_bridge(tree_, "pci0000:00/0000:00:01.0", "0x8086");
  add_gpu_at(tree_, port + "/0000:01:00.0");
  add_gpu_at(tree_, port + "/0000:01:02.0");
  tree_.link("sys/devices/" + port + "/0000:01:02.0/physfn", "../0000:01:00.0");

  EXPECT_EQ(between("0000:01:00.0", "0000:01:02.0").optional(), TopologyLevel::same_board);
}

TEST_F(TopologyLevels, DevicesOfOneSwitchAreASwitchApart) {
  const auto up = add_switch();
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:00.0") + "/0000:18:00.0");
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:01.0") + "/0000:19:00.0");

  EXPECT_EQ(between("0000:18:00.0", "0000:19:00.0").optional(), TopologyLevel::single_switch);
}

TEST_F(TopologyLevels, ADeviceBehindASecondSwitchIsSeveralSwitchesAway) {
  const auto up = add_switch();
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:00.0") + "/0000:18:00.0");
  const auto inner = add_bridge(tree_, add_bridge(tree_, up + "/0000:17:01.0") + "/0000:19:00.0");
  add_gpu_at(tree_, add_bridge(tree_, inner + "/0000:1a:00.0") + "/0000:1b:00.0");

  EXPECT_EQ(between("0000:18:00.0", "0000:1b:00.0").optional(), TopologyLevel::several_switches);
}

TEST_F(TopologyLevels, ACardsOwnSwitchDoesNotCount) {
  const auto up = add_switch();
  for (const char* bus : {"2", "3"}) {
    const std::string at = std::string("/0000:") + bus;
    const auto slot = add_bridge(tree_, up + "/0000:17:0" + bus + ".0");
    const auto own = add_bridge(
        tree_, add_bridge(tree_, slot + at + "0:00.0", "0x1002") + at + "1:00.0", "0x1002");
    add_gpu_at(tree_, own + at + "2:00.0", -1, "0x1002");
  }

  EXPECT_EQ(between("0000:22:00.0", "0000:32:00.0").optional(), TopologyLevel::single_switch);
}

TEST_F(TopologyLevels, DevicesBehindOneCardsOwnSwitchAreOnOneBoard) {
  const auto root = add_bridge(tree_, "pci0000:15/0000:15:01.0", "0x8086");
  const auto up = add_bridge(tree_, root + "/0000:16:00.0", "0x1002");
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:00.0", "0x1002") + "/0000:18:00.0", -1,
             "0x1002");
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:01.0", "0x1002") + "/0000:19:00.0", -1,
             "0x1002");

  EXPECT_EQ(between("0000:18:00.0", "0000:19:00.0").optional(), TopologyLevel::same_board);
}

TEST_F(TopologyLevels, ACardInTheSlotOfAnotherCardsSwitchIsNotOnItsBoard) {
  // An adapter whose chip is a PCI Express switch as well (ConnectX-8), with a GPU behind it.
  const auto root = add_bridge(tree_, "pci0000:15/0000:15:01.0", "0x8086");
  const auto up = add_bridge(tree_, root + "/0000:16:00.0", "0x15b3");
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:00.0", "0x15b3") + "/0000:18:00.0");
  testing::add_nic_at(tree_, add_bridge(tree_, up + "/0000:17:01.0", "0x15b3") + "/0000:19:00.0",
                      "mlx5_0");

  EXPECT_EQ(between("0000:18:00.0", "0000:19:00.0").optional(), TopologyLevel::single_switch);
}

TEST_F(TopologyLevels, RootPortsOfOneHostBridgeMeetThere) {
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:00/0000:00:01.0", "0x8086") + "/0000:01:00.0");
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:00/0000:00:02.0", "0x8086") + "/0000:02:00.0");
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0");

  EXPECT_EQ(between("0000:01:00.0", "0000:02:00.0").optional(), TopologyLevel::host_bridge);
  EXPECT_EQ(between("0000:01:00.0", "0000:00:03.0").optional(), TopologyLevel::host_bridge)
      << "one is part of the root complex, as devices of virtual machines are";
}

TEST_F(TopologyLevels, HostBridgesAreToldApartByTheirNumaNodes) {
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:15/0000:15:01.0") + "/0000:16:00.0", 0);
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:37/0000:37:01.0") + "/0000:38:00.0", 0);
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:97/0000:97:01.0") + "/0000:98:00.0", 1);

  EXPECT_EQ(between("0000:16:00.0", "0000:38:00.0", 2).optional(), TopologyLevel::numa_node);
  EXPECT_EQ(between("0000:16:00.0", "0000:98:00.0", 2).optional(), TopologyLevel::system);
}

TEST_F(TopologyLevels, TheOnlyNumaNodeIsThatOfAllDevices) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0");
  add_gpu_at(tree_, "pci0000:40/0000:40:03.0");

  EXPECT_EQ(between("0000:00:03.0", "0000:40:03.0", 1).optional(), TopologyLevel::numa_node);
}

TEST_F(TopologyLevels, AnUnknownNumaNodeIsNoLevelButAReason) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0", 0);
  add_gpu_at(tree_, "pci0000:40/0000:40:03.0");

  const auto level = between("0000:00:03.0", "0000:40:03.0", 2);
  EXPECT_FALSE(level);
  EXPECT_NE(level.reason().find("0000:40:03.0/numa_node is -1"), std::string::npos)
      << level.reason();
  EXPECT_FALSE(between("0000:00:03.0", "0000:40:03.0", 0)) << "how many nodes is not known either";
}

TEST_F(TopologyLevels, HostBridgesBelowPlatformDevicesAreFound) {
  add_gpu_at(tree_,
             add_bridge(tree_, "platform/1f000000.pcie/pci0001:00/0001:00:00.0") + "/0001:01:00.0");

  EXPECT_EQ(place("0001:01:00.0")->path,
            (std::vector<std::string>{"pci0001:00", "0001:00:00.0", "0001:01:00.0"}));
}

TEST_F(TopologyLevels, AFunctionThatIsNotThereHasNoPlace) {
  const auto nowhere = place("0000:77:00.0");
  EXPECT_FALSE(nowhere);
  EXPECT_NE(nowhere.reason().find("sys/bus/pci/devices/0000:77:00.0"), std::string::npos);
}

TEST_F(TopologyLevels, AnEmptyListOfProcessorsIsNoList) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0");
  tree_.file("sys/devices/pci0000:00/0000:00:03.0/local_cpulist", "\n");

  EXPECT_FALSE(place("0000:00:03.0")->cpus);
}

}  // namespace
}  // namespace accel
