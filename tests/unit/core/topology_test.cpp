// All pairs of a machine's devices: levels, links, and the nearest adapters.
#include "accel/topology.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <stdexcept>

#include "accel/host.hpp"
#include "support/stub_vendor.hpp"
#include "support/topology_tree.hpp"

namespace accel {
namespace {

using testing::add_bridge;
using testing::add_gpu_at;
using testing::add_nic_at;
using testing::FakeTree;
using testing::stub_info_at;
using testing::stub_vendor;

using Links = std::vector<DeviceLink>;

DeviceLink link_to(std::string_view address, LinkKind kind = LinkKind::nvlink) {
  DeviceLink link;
  link.kind = kind;
  link.lanes = 1;
  link.up = true;
  link.end = LinkEnd::device;
  link.remote = PciAddress::parse(address).value();
  return link;
}

DeviceLink link_to_switch() {
  DeviceLink link = link_to("0000:07:00.0");
  link.end = LinkEnd::fabric_switch;
  return link;
}

/// A stub that tells of links, and counts how often it is asked.
class LinkedDevice final : public Device, public LinkLister {
 public:
  LinkedDevice(AcceleratorInfo info, Result<Links> links, std::atomic<int>* asked)
      : info_(std::move(info)), links_(std::move(links)), asked_(asked) {}
  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& /*out*/) override {}
  LinkLister* link_lister() override { return this; }
  Result<Links> links() override {
    ++*asked_;  // devices are asked side by side
    return links_;
  }

 private:
  AcceleratorInfo info_;
  Result<Links> links_;
  std::atomic<int>* asked_;
};

class TopologyOfAMachine : public ::testing::Test {
 protected:
  void add(std::string_view address, Result<Links> links = Links{}, std::string serial = {}) {
    AcceleratorInfo info = stub_info_at("NVIDIA", address);
    if (!serial.empty()) info.serial = std::move(serial);
    stubs_.emplace_back(std::move(info), std::move(links));
  }
  Topology look() {
    Machine machine;
    machine.root = tree_.root();
    static constexpr std::uint16_t kIds[] = {0x10de};
    const std::vector<BackendEntry> entries{stub_vendor(
        "NVIDIA",
        [this](const Discovery&) -> Result<Discovered> {
          Discovered found;
          for (const auto& [info, links] : stubs_) {
            found.devices.push_back(std::make_unique<LinkedDevice>(info, links, &asked_));
          }
          return found;
        },
        kIds)};
    system_ = std::make_unique<System>(machine, entries);
    system_->discover();
    std::vector<std::size_t> positions(system_->devices().size());
    for (std::size_t i = 0; i < positions.size(); ++i) positions[i] = i;
    return topology(*system_, positions, host::network(machine));
  }

  FakeTree tree_;
  std::vector<std::pair<AcceleratorInfo, Result<Links>>> stubs_;
  std::unique_ptr<System> system_;
  std::atomic<int> asked_ = 0;
};

constexpr const char* kFirst = "0000:01:00.0";
constexpr const char* kSecond = "0000:02:00.0";

TEST_F(TopologyOfAMachine, WithoutDevicesIsEmpty) {
  const Topology found = look();

  EXPECT_TRUE(found.devices().empty());
  EXPECT_TRUE(found.nics().empty());
  EXPECT_EQ(found.numa_nodes(), 0U);
}

TEST_F(TopologyOfAMachine, WithOneDeviceHasItsPlaceAndNoPairs) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0", 0);
  testing::add_numa_nodes(tree_, 2);
  add("0000:00:03.0");

  const Topology found = look();
  ASSERT_EQ(found.devices().size(), 1U);
  EXPECT_EQ(found.devices()[0].place->numa_node.optional(), 0);
  EXPECT_EQ(found.devices()[0].place->cpus.optional(), "0-55");
  EXPECT_EQ(found.numa_nodes(), 2U);
  EXPECT_TRUE(found.nearest_nics(0).empty());
}

TEST_F(TopologyOfAMachine, CountsLinksThatBothEndsKnow) {
  add(kFirst, Links{link_to(kSecond), link_to(kSecond), link_to("0000:77:00.0")});
  add(kSecond, Links{link_to(kFirst), link_to(kFirst)});

  const auto link = look().between(1, 0).link;
  ASSERT_TRUE(link);
  EXPECT_EQ(link->kind, LinkKind::nvlink);
  EXPECT_EQ(link->lanes.optional(), 2);
  EXPECT_FALSE(link->through_switch);
}

TEST_F(TopologyOfAMachine, CountsNoLinkThatIsDownOrThatOneEndDenies) {
  DeviceLink down = link_to(kSecond);
  down.up = false;
  DeviceLink unknown = link_to(kSecond);
  unknown.up = Absence{ReadingStatus::error, "boom", ""};
  add(kFirst, Links{down, unknown});
  add(kSecond, Links{link_to(kFirst)});

  EXPECT_FALSE(look().between(0, 1).link);
}

TEST_F(TopologyOfAMachine, BelievesOneEndWhereTheOtherCannotBeAsked) {
  add(kFirst, Links{link_to(kSecond)});
  add(kSecond, Error{Errc::device_lost, "gone", "", {}});

  const Topology found = look();
  ASSERT_TRUE(found.between(0, 1).link);
  EXPECT_EQ(found.between(0, 1).link->lanes.optional(), 1);
  EXPECT_FALSE(found.devices()[1].links);
}

TEST_F(TopologyOfAMachine, JoinsDevicesThatEndInSwitchesByTheSmallerNumber) {
  add(kFirst, Links(18, link_to_switch()));
  add(kSecond, Links(16, link_to_switch()));
  add("0000:03:00.0");

  const Topology found = look();
  ASSERT_TRUE(found.between(0, 1).link);
  EXPECT_EQ(found.between(0, 1).link->lanes.optional(), 16);
  EXPECT_TRUE(found.between(0, 1).link->through_switch);
  EXPECT_FALSE(found.between(0, 2).link) << "one end alone is in the switches";
}

TEST_F(TopologyOfAMachine, AddsLanesAndKeepsAnUnknownNumberUnknown) {
  DeviceLink wide = link_to(kSecond, LinkKind::xgmi);
  wide.lanes = Absence{ReadingStatus::unsupported, "the driver tells no width", ""};
  wide.hops = 2;
  DeviceLink back = link_to(kFirst, LinkKind::xgmi);
  back.lanes = wide.lanes;
  back.hops = 2;
  add(kFirst, Links{wide});
  add(kSecond, Links{back});

  const auto link = look().between(0, 1).link;
  ASSERT_TRUE(link);
  EXPECT_EQ(link->kind, LinkKind::xgmi);
  EXPECT_FALSE(link->lanes);
  EXPECT_EQ(link->hops, 2);
}

TEST_F(TopologyOfAMachine, KnowsABoardByItsSerialNumberBehindOneSwitch) {
  const auto up = add_bridge(tree_, "pci0000:00/0000:00:01.0") + "/0000:01:00.0";
  add_bridge(tree_, up);
  int bus = 3;
  for (const char* serial : {"0321", "0321", "0999", "0000", "0000"}) {
    const std::string at = "0000:0" + std::to_string(bus) + ":00.0";
    const std::string port = up + "/0000:02:0" + std::to_string(bus++) + ".0";
    add_gpu_at(tree_, add_bridge(tree_, port) + "/" + at);
    add(at, Links{}, serial);
  }

  const Topology found = look();
  EXPECT_EQ(found.between(0, 1).level.optional(), TopologyLevel::same_board);
  EXPECT_EQ(found.between(0, 2).level.optional(), TopologyLevel::single_switch);
  EXPECT_EQ(found.between(3, 4).level.optional(), TopologyLevel::single_switch) << "no serials";
}

TEST_F(TopologyOfAMachine, ADeviceOffTheBusHasNoLevel) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0");
  add("0000:00:03.0");
  AcceleratorInfo elsewhere = testing::stub_info("NVIDIA", "somewhere");
  elsewhere.pci_address = Absence{ReadingStatus::unsupported, "part of the processor", ""};
  stubs_.emplace_back(elsewhere, Links{});

  const Topology found = look();
  EXPECT_FALSE(found.between(0, 1).level);
  EXPECT_EQ(found.between(0, 1).level.reason(), "part of the processor");
}

TEST_F(TopologyOfAMachine, FindsTheNearestAdaptersOfEachDevice) {
  const auto up = add_bridge(tree_, add_bridge(tree_, "pci0000:15/0000:15:01.0") + "/0000:16:00.0");
  add_nic_at(tree_, add_bridge(tree_, up + "/0000:17:00.0") + "/0000:18:00.0", "mlx5_0", 0);
  add_gpu_at(tree_, add_bridge(tree_, up + "/0000:17:01.0") + "/0000:1b:00.0", 0);
  add_nic_at(tree_, add_bridge(tree_, "pci0000:37/0000:37:01.0") + "/0000:38:00.0", "mlx5_1", 0);
  add_nic_at(tree_, add_bridge(tree_, "pci0000:47/0000:47:01.0") + "/0000:48:00.0", "mlx5_2", 0);
  add_nic_at(tree_, add_bridge(tree_, "pci0000:97/0000:97:01.0") + "/0000:98:00.0", "mlx5_3", 1);
  add_gpu_at(tree_, add_bridge(tree_, "pci0000:57/0000:57:01.0") + "/0000:58:00.0", 0);
  add("0000:1b:00.0");
  add("0000:58:00.0");

  const Topology found = look();
  ASSERT_EQ(found.nics().size(), 4U);
  EXPECT_EQ(found.nics()[0].interfaces, std::vector<std::string>{"ib_mlx5_0"});
  EXPECT_EQ(found.nics()[0].ports.at(0).speed_mbps.optional(), 400'000);
  EXPECT_EQ(found.nearest_nics(0), std::vector<std::size_t>{0});
  EXPECT_EQ(found.to_nic(0, 0).optional(), TopologyLevel::single_switch);
  EXPECT_EQ(found.nearest_nics(1), (std::vector<std::size_t>{0, 1, 2})) << "equally near";
  EXPECT_EQ(found.to_nic(1, 3).optional(), TopologyLevel::system);
}

TEST_F(TopologyOfAMachine, AsksNoDeviceThatSleeps) {
  add_gpu_at(tree_, "pci0000:00/0000:00:03.0");
  tree_.file("sys/devices/pci0000:00/0000:00:03.0/power/runtime_status", "suspended\n");
  add("0000:00:03.0", Links{link_to(kSecond)});

  const Topology found = look();
  EXPECT_EQ(asked_, 0);
  ASSERT_FALSE(found.devices().at(0).links);
  EXPECT_EQ(found.devices()[0].links.error().code, Errc::device_asleep);
  EXPECT_TRUE(found.devices()[0].place) << "the bus is known without waking it";
}

class ThrowingDevice final : public Device, public LinkLister {
 public:
  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& /*out*/) override {}
  LinkLister* link_lister() override { return this; }
  Result<Links> links() override { throw std::runtime_error("boom"); }

 private:
  AcceleratorInfo info_ = stub_info_at("AMD", kSecond);
};

TEST(LinksOfDevices, FailOneByOne) {
  const std::vector<BackendEntry> entries{
      stub_vendor("NVIDIA", testing::finds({stub_info_at("NVIDIA", kFirst)})),
      stub_vendor("AMD", [](const Discovery&) -> Result<Discovered> {
        Discovered found;
        found.devices.push_back(std::make_unique<ThrowingDevice>());
        return found;
      })};
  const FakeTree tree;
  Machine machine;
  machine.root = tree.root();
  System system(machine, entries);
  system.discover();

  const std::array<std::size_t, 2> both{0, 1};
  const auto links = system.links(both);
  ASSERT_EQ(links.size(), 2U);
  ASSERT_FALSE(links[0]);
  EXPECT_EQ(links[0].error().code, Errc::operation_not_supported);
  ASSERT_FALSE(links[1]);
  EXPECT_EQ(links[1].error().message, "boom");
}

TEST_F(TopologyOfAMachine, ToldByAnotherToolsTextHasNoLinks) {
  tree_.file("usr/bin/nvidia-smi", "#!/bin/sh\necho 'Legend: NV# = bonded set of # NVLinks'\n")
      .file("var/log/topo.txt", "GPU0 X NV18\nLegend:\n  NV#  = bonded set of # NVLinks\n");
  add_gpu_at(tree_, "pci0000:00/" + std::string("0000:00:03.0"));
  add_gpu_at(tree_, "pci0000:00/" + std::string("0000:00:04.0"));
  add("0000:00:03.0");
  add("0000:00:04.0");

  EXPECT_FALSE(look().between(0, 1).link);
}

}  // namespace
}  // namespace accel
