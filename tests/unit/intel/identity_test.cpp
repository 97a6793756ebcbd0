// Who a device is: from its id, its place on the bus, and its driver.
#include "backends/intel/identity.hpp"

#include <algorithm>

#include "backends/intel/models.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

TEST_F(IntelTest, NamesACardByItsId) {
  add_xe_card();

  EXPECT_EQ(info().uuid, "PCI-0000:03:00.0");
  EXPECT_EQ(info().vendor, "Intel");
  EXPECT_EQ(*info().model, "Intel Arc B580 Graphics");
  EXPECT_EQ(*info().gpu_type, GpuType::discrete);
  EXPECT_EQ(*info().bus_type, BusType::pcie);
  EXPECT_EQ(*info().driver, "xe");
  EXPECT_EQ(backend().framework_device(1), "xpu:1");
}

TEST_F(IntelTest, KnowsAnIntegratedGpu) {
  add_i915_integrated();

  EXPECT_EQ(*info().model, "Intel Arc Graphics");
  EXPECT_EQ(*info().gpu_type, GpuType::integrated);
  EXPECT_EQ(*info().bus_type, BusType::soc);
}

TEST_F(IntelTest, KnowsACardThatAVirtualMachineHasOnItsFirstBus) {
  accel::testing::add_function(tree_, {.path = "pci0000:00/0000:00:02.0",
                                       .vendor = "0x8086",
                                       .device = "0x56a5",
                                       .class_code = "0x030000",
                                       .driver = "i915"});

  EXPECT_EQ(*info().gpu_type, GpuType::discrete);
}

TEST_F(IntelTest, TellsAnUnknownIdsTypeByItsPlace) {
  PciFunction function;
  function.ids.vendor = 0x8086;
  function.ids.device = 0xffee;
  ASSERT_EQ(find_model(0xffee), nullptr);

  EXPECT_FALSE(is_discrete(function)) << "0000:00:00.0";
  function.address.bus = 3;
  EXPECT_TRUE(is_discrete(function));
}

TEST_F(IntelTest, CallsACardBehindThunderboltExternal) {
  const Path card = add_xe_card();
  tree_.file(card / "removable", "removable\n");

  EXPECT_EQ(*info().gpu_type, GpuType::external);
}

TEST_F(IntelTest, ShowsTheLinkOfTheCardsOwnSwitch) {
  // What an A380 and a B580 look like: root port, the card's switch, the card.
  const std::string root = "pci0000:00/0000:00:01.0";
  const std::string up = root + "/0000:01:00.0";
  const std::string down = up + "/0000:02:01.0";
  const auto bridge = [&](const std::string& path, const char* speed, const char* width) {
    accel::testing::add_function(tree_, {.path = path,
                                         .vendor = "0x8086",
                                         .device = "0xe2ff",
                                         .class_code = "0x060400",
                                         .speed = speed,
                                         .width = width});
  };
  bridge(root, "32.0 GT/s PCIe", "16");
  bridge(up, "16.0 GT/s PCIe", "8");
  bridge(down, "2.5 GT/s PCIe", "1");
  accel::testing::add_function(tree_, {.path = down + "/0000:03:00.0",
                                       .vendor = "0x8086",
                                       .device = "0xe20b",
                                       .class_code = "0x030000",
                                       .driver = "xe",
                                       .speed = "2.5 GT/s PCIe",
                                       .width = "1"});

  EXPECT_EQ(*info().pcie_gen, 4);
  EXPECT_NEAR(*info().bandwidth_gbps, 2 * 8 * 16 * 128.0 / 130.0 / 8, 1e-9);
}

TEST_F(IntelTest, LeavesADeviceOfAnotherDriverToTheBus) {
  accel::testing::add_card(
      tree_, "0000:03:00.0",
      {.vendor = "0x8086", .device = "0xe20b", .class_code = "0x030000", .driver = "vfio-pci"});
  discover();

  EXPECT_TRUE(devices_.empty());
}

TEST_F(IntelTest, GivesTheSameIdentitiesInAnyOrder) {
  add_xe_card();
  add_npu();
  discover();
  const std::vector<std::string> before{info(0).uuid, info(1).uuid};
  std::ranges::reverse(pci_);

  const auto again = backend().discover({machine_, pci_});

  EXPECT_EQ(again->devices[0]->info().uuid, before[1]);
  EXPECT_EQ(again->devices[1]->info().uuid, before[0]);
}

TEST_F(IntelTest, NamesTheNodesThatExist) {
  add_xe_card();
  tree_.file("dev/dri/renderD128", "");

  EXPECT_EQ(info().device_nodes, std::vector<std::string>{"/dev/dri/renderD128"});
}

TEST_F(IntelTest, TakesTheKernelsVersionForADriverThatIsPartOfIt) {
  add_xe_card();
  tree_.file("proc/sys/kernel/osrelease", "6.12.48\n");

  EXPECT_EQ(*info().driver_version, "6.12.48");

  tree_.file("sys/module/xe/version", "1.1.0-backport\n");
  discover();
  EXPECT_EQ(*info().driver_version, "1.1.0-backport");
}

TEST(IntelModels, HaveTheNamesThatIntelGivesThem) {
  EXPECT_EQ(find_model(0x56a5)->name, "Intel Arc A380 Graphics");
  EXPECT_EQ(find_model(0x56a5)->platform->name, "Alchemist");
  EXPECT_TRUE(find_model(0x0bd5)->platform->is_discrete);
  EXPECT_EQ(find_model(0x9a49)->name, "Intel Iris Xe Graphics");
  EXPECT_FALSE(find_model(0x9a49)->platform->is_discrete);
  EXPECT_EQ(find_model(0x10de), nullptr);
}

}  // namespace
}  // namespace accel::intel
