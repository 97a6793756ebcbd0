#include <gtest/gtest.h>

#include "core/pci/scan.hpp"
#include "support/fake_tree.hpp"

namespace accel::pci {
namespace {

constexpr std::string_view kDatabase =
    "# a comment\n"
    "1002  Advanced Micro Devices, Inc. [AMD/ATI]\n"
    "\t73bf  Navi 21 [Radeon RX 6900 XT]\n"
    "10de  NVIDIA Corporation\n"
    "\t2330  GH100 [H100 SXM5 80GB]\n"
    "\t\t10de 16c1  a subsystem\n"
    "10df  Emulex\n"
    "\t2331  not NVIDIA's\n"
    "C 03  Display controller\n";

Reading<std::string> name_of(const accel::testing::FakeTree& tree, std::uint16_t vendor,
                             std::uint16_t device) {
  return database_name({vendor, device, 0, 0, 0, 0}, Machine{.root = tree.root()});
}

TEST(PciName, ComesFromTheSystemsDatabase) {
  accel::testing::FakeTree tree;
  tree.file("usr/share/misc/pci.ids", kDatabase);

  EXPECT_EQ(*name_of(tree, 0x10de, 0x2330), "GH100 [H100 SXM5 80GB]");
  EXPECT_EQ(*name_of(tree, 0x1002, 0x73bf), "Navi 21 [Radeon RX 6900 XT]");
}

TEST(PciName, IsFoundInTheOtherPlaceAsWell) {
  accel::testing::FakeTree tree;
  tree.file("usr/share/hwdata/pci.ids", kDatabase);

  EXPECT_EQ(*name_of(tree, 0x10de, 0x2330), "GH100 [H100 SXM5 80GB]");
}

TEST(PciName, IsNeverTakenFromAnotherVendor) {
  accel::testing::FakeTree tree;
  tree.file("usr/share/misc/pci.ids", kDatabase);

  EXPECT_FALSE(name_of(tree, 0x10de, 0x2331));
  EXPECT_FALSE(name_of(tree, 0x10de, 0x16c1));
  EXPECT_FALSE(name_of(tree, 0xabcd, 0x2330));
}

TEST(PciName, SaysWhatToInstallWhereThereIsNoDatabase) {
  accel::testing::FakeTree tree;
  const auto name = name_of(tree, 0x10de, 0x2330);

  EXPECT_EQ(name.status(), ReadingStatus::unsupported);
  EXPECT_EQ(name.reason(), "no name for 10de:2330 in pci.ids");
  EXPECT_EQ(name.remedy(), "install the package pci.ids");
}

}  // namespace
}  // namespace accel::pci
