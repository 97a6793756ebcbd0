#include <gtest/gtest.h>

#include "core/pci/scan.hpp"
#include "support/opened_files.hpp"
#include "support/pci_tree.hpp"

namespace accel::pci {
namespace {

using accel::testing::add_card;
using accel::testing::add_function;
using accel::testing::FakeTree;
using accel::testing::OpenedFiles;

class PciScan : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<PciFunction> found() const {
    return scan(Machine{.root = tree_.root()});
  }

  FakeTree tree_;
};

TEST_F(PciScan, FindsNothingWhereThereIsNoBus) { EXPECT_TRUE(found().empty()); }

TEST_F(PciScan, ReadsWhatSysfsSaysOfAFunction) {
  const auto folder = add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  tree_.file(folder / "numa_node", "1\n").file(folder / "boot_vga", "1\n");

  const auto functions = found();

  ASSERT_EQ(functions.size(), 1U);
  const PciFunction& function = functions[0];
  EXPECT_EQ(function.address.text(), "0000:41:00.0");
  EXPECT_EQ(function.ids.vendor, 0x10de);
  EXPECT_EQ(function.ids.device, 0x2330);
  EXPECT_EQ(function.ids.subsystem_vendor, 0x10de);
  EXPECT_EQ(function.ids.class_code, 0x030200U);
  EXPECT_EQ(function.ids.revision, 0xa1);
  EXPECT_EQ(function.vendor, "NVIDIA");
  EXPECT_EQ(function.device_type, DeviceType::gpu);
  EXPECT_EQ(*function.driver, "nvidia");
  EXPECT_EQ(*function.numa_node, 1);
  EXPECT_TRUE(function.boot_display);
  EXPECT_EQ(function.directory, std::filesystem::canonical(tree_.root() / folder));
  EXPECT_EQ(*function.link.speed, TransferRate{32'000'000'000});
  EXPECT_EQ(*function.link.width, Lanes{16});
}

TEST_F(PciScan, PassesOverWhatIsNoAccelerator) {
  add_card(tree_, "0000:41:00.0");
  add_card(tree_, "0000:41:00.1", {.device = "0x22ba", .class_code = "0x040300"});
  add_card(tree_, "0000:42:00.0", {.vendor = "0x15b3", .class_code = "0x020700"});

  ASSERT_EQ(found().size(), 1U);
}

TEST_F(PciScan, KnowsThePhysicalFunctionOfAVirtualOne) {
  add_card(tree_, "0000:41:00.0");
  const auto folder = add_card(tree_, "0000:41:00.4");
  tree_.link(folder / "physfn", "../0000:41:00.0");

  EXPECT_EQ(found().at(0).physical_function, std::nullopt);
  EXPECT_EQ(found().at(1).physical_function, (PciAddress{0, 0x41, 0, 0}));
}

TEST_F(PciScan, OrdersByAddressAndNotByName) {
  add_card(tree_, "0001:03:00.0");
  add_card(tree_, "0000:c3:00.0");
  add_card(tree_, "0000:0a:00.0");

  std::vector<std::string> addresses;
  for (const auto& function : found()) addresses.push_back(function.address.text());

  EXPECT_EQ(addresses, (std::vector<std::string>{"0000:0a:00.0", "0000:c3:00.0", "0001:03:00.0"}));
}

TEST_F(PciScan, ListsADeviceWithoutDriver) {
  add_card(tree_, "0000:41:00.0", {.vendor = "0xabcd", .class_code = "0x120000"});

  const auto functions = found();

  ASSERT_EQ(functions.size(), 1U);
  EXPECT_EQ(functions[0].device_type, DeviceType::other);
  EXPECT_EQ(functions[0].vendor, "PCI abcd");
  EXPECT_EQ(functions[0].driver.status(), ReadingStatus::no_driver);
  EXPECT_FALSE(functions[0].driver.remedy().empty());
}

TEST_F(PciScan, HasNoNodeWhereTheFirmwareNamesNone) {
  add_card(tree_, "0000:41:00.0");

  EXPECT_EQ(found().at(0).numa_node.status(), ReadingStatus::unsupported);
}

TEST_F(PciScan, DropsOnlyTheFunctionThatCannotBeRead) {
  add_card(tree_, "0000:41:00.0");
  const auto broken = add_card(tree_, "0000:42:00.0");
  tree_.file(broken / "class", "garbage\n");
  const auto vanished = add_card(tree_, "0000:43:00.0");
  tree_.remove(vanished);

  const auto functions = found();

  ASSERT_EQ(functions.size(), 1U);
  EXPECT_EQ(functions[0].address.text(), "0000:41:00.0");
}

TEST_F(PciScan, SeesADeviceBehindAPortForUnplugging) {
  const auto external = add_function(
      tree_, {.path = "pci0000:00/0000:00:07.0/0000:03:00.0/0000:04:01.0/0000:05:00.0"});
  tree_.file("sys/devices/pci0000:00/0000:00:07.0/0000:03:00.0/removable", "removable\n")
      .file(external / "removable", "removable\n");
  const auto internal = add_card(tree_, "0000:41:00.0");
  tree_.file(internal / "removable", "fixed\n");

  const auto functions = found();

  ASSERT_EQ(functions.size(), 2U);
  EXPECT_TRUE(functions[0].behind_thunderbolt);
  EXPECT_FALSE(functions[1].behind_thunderbolt);
}

TEST_F(PciScan, SeesADeviceStraightBehindAPortForUnplugging) {
  const auto folder = add_card(tree_, "0000:41:00.0");
  tree_.file(folder / "removable", "removable\n");

  EXPECT_TRUE(found().at(0).behind_thunderbolt);
}

TEST_F(PciScan, OpensNothingOfABridgeButItsClass) {
  const auto folder =
      add_function(tree_, {.path = "pci0000:00/0000:00:01.0", .class_code = "0x060400"});
  const OpenedFiles opened(tree_.root() / folder);

  EXPECT_TRUE(found().empty());
  EXPECT_EQ(opened.counts(), (std::map<std::string, int>{{"class", 1}}));
}

TEST_F(PciScan, OpensNoFileOfAnAcceleratorTwice) {
  const auto folder = add_card(tree_, "0000:41:00.0", {.driver = "nvidia"});
  tree_.file(folder / "boot_vga", "1\n").file(folder / "removable", "fixed\n");
  const OpenedFiles opened(tree_.root() / folder);

  EXPECT_EQ(found().size(), 1U);
  const auto counts = opened.counts();
  EXPECT_EQ(counts.count("max_link_speed"), 1U);
  for (const auto& [file, count] : counts) EXPECT_EQ(count, 1) << file;
}

TEST_F(PciScan, FollowsTheLinksOfTheBusWhereverItsOwnFolderIs) {
  const auto folder = add_card(tree_, "0000:41:00.0");
  FakeTree elsewhere;
  elsewhere.link("machine", tree_.root());

  const auto functions = scan(Machine{.root = elsewhere.root() / "machine"});

  ASSERT_EQ(functions.size(), 1U);
  EXPECT_EQ(functions[0].directory, std::filesystem::canonical(tree_.root() / folder));
}

TEST_F(PciScan, TakesAFolderInPlaceOfALink) {
  tree_.file("sys/bus/pci/devices/0000:41:00.0/class", "0x030200\n")
      .file("sys/bus/pci/devices/0000:41:00.0/vendor", "0x10de\n")
      .file("sys/bus/pci/devices/0000:41:00.0/device", "0x2330\n");

  const auto functions = found();

  ASSERT_EQ(functions.size(), 1U);
  EXPECT_EQ(functions[0].directory,
            std::filesystem::canonical(tree_.root() / "sys/bus/pci/devices/0000:41:00.0"));
}

constexpr const char* kUevent =
    "DRIVER=amdgpu\nPCI_CLASS=30000\nPCI_ID=1002:744C\nPCI_SUBSYS_ID=1DA2:E471\n"
    "PCI_SLOT_NAME=0000:03:00.0\nMODALIAS=pci:v00001002d0000744C\n";

TEST_F(PciScan, KnowsTheFunctionOfACardWhereNoBusIsShown) {
  tree_.file("sys/class/drm/card0/device/uevent", kUevent)
      .file("sys/class/drm/card0/device/current_link_width", "16\n")
      .directory("sys/class/drm/card0-DP-1/device");

  const auto functions = found();

  ASSERT_EQ(functions.size(), 1U);
  EXPECT_EQ(functions[0].address.text(), "0000:03:00.0");
  EXPECT_EQ(functions[0].ids.device, 0x744c);
  EXPECT_EQ(functions[0].ids.subsystem_vendor, 0x1da2);
  EXPECT_EQ(functions[0].ids.class_code, 0x030000U);
  EXPECT_EQ(functions[0].vendor, "AMD");
  EXPECT_EQ(*functions[0].driver, "amdgpu");
  EXPECT_EQ(*functions[0].link.width, Lanes{16});
}

TEST_F(PciScan, ListsAFunctionOnceThatBusAndCardShow) {
  const auto folder = add_card(tree_, "0000:03:00.0", {.vendor = "0x1002", .driver = "amdgpu"});
  tree_.file(folder / "uevent", kUevent)
      .link("sys/class/drm/card0/device", std::filesystem::path("../../../..") / folder);

  EXPECT_EQ(found().size(), 1U);
}

TEST_F(PciScan, PassesOverACardWithoutAPlaceOnTheBus) {
  tree_.file("sys/class/drm/card0/device/uevent", "DRIVER=panfrost\nOF_NAME=gpu\n")
      .file("sys/class/drm/card1/device/uevent", "PCI_SLOT_NAME=0000:03:00.0\n")
      .file("sys/class/drm/card2/device/uevent", "PCI_ID=x:y\nPCI_CLASS=30000\n")
      .directory("sys/class/drm/card3");

  EXPECT_TRUE(found().empty());
}

}  // namespace
}  // namespace accel::pci
