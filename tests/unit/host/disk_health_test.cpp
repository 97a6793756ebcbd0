#include "host/disk_health.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "host/device_node.hpp"
#include "host_trees.hpp"
#include "smart_pages.hpp"
#include "support/as_nobody.hpp"

namespace accel::host {
namespace {

using accel::testing::as_nobody;
using accel::testing::AtaPage;
using accel::testing::FakeTree;
using accel::testing::machine_at;
using accel::testing::NvmePage;

DiskNode nvme_node(const std::string& number = "1:3") {
  DiskNode node;
  node.language = DiskNode::Language::nvme;
  node.path = "/dev/nvme0";
  node.device_number = number;
  return node;
}

TEST(DiskHealth, OfAnNvmePageHasAllFields) {
  const auto health = nvme_disk_health(NvmePage{}.bytes(), std::nullopt, "page", SteadyTime{7});

  EXPECT_EQ(health.health.optional(), StorageHealth::healthy);
  EXPECT_DOUBLE_EQ(health.wear->value, 0.03);
  EXPECT_EQ(health.power_on.optional(), seconds(1234 * 3600));
  EXPECT_EQ(health.temperature.optional(), celsius(40));
  EXPECT_EQ(health.health.source(), "page");
}

TEST(DiskHealth, OfAllOnesIsLostWithoutNumbers) {
  const auto health =
      nvme_disk_health(std::vector<std::uint8_t>(512, 0xff), std::nullopt, "page", SteadyTime{});

  EXPECT_EQ(health.health.status(), ReadingStatus::lost);
  EXPECT_FALSE(health.wear);
  EXPECT_FALSE(health.power_on);
  EXPECT_FALSE(health.temperature);
}

TEST(DiskHealth, IsUnknownWithoutTheAtaDisksVerdict) {
  const auto page = AtaPage().attribute(9, 95, 10).bytes();

  const auto health = ata_disk_health(page, Error{Errc::operation_not_supported, "refused", {}, {}},
                                      DiskNode{}, "sda", {});
  EXPECT_FALSE(health.health);
  EXPECT_EQ(health.power_on.optional(), seconds(36000)) << "the attributes are read all the same";
  EXPECT_EQ(health.wear.status(), ReadingStatus::unsupported);
}

TEST(DiskHealth, WithoutPermissionNamesTheRemedy) {
  FakeTree tree;
  tree.file("dev/nvme0", "");
  std::filesystem::permissions(tree.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree.root() / "dev/nvme0", std::filesystem::perms(0600));
  const auto machine = machine_at(tree);

  EXPECT_EQ(as_nobody([&] {
              const auto health = ask_disk_health(machine, nvme_node());
              return health.health.status() == ReadingStatus::no_permission &&
                     health.wear.status() == ReadingStatus::no_permission &&
                     health.health.remedy().find("root") != std::string::npos;
            }),
            1);
}

TEST(DiskHealth, IsNotAskedOfAPlainFile) {
  FakeTree tree;
  tree.file("dev/nvme0", "no device");

  const auto health = ask_disk_health(machine_at(tree), nvme_node());
  EXPECT_EQ(health.health.status(), ReadingStatus::error);
  EXPECT_NE(health.health.reason().find("not a device node"), std::string::npos);
}

TEST(DiskHealth, DoesNotWaitAtAPipeInTheNodesPlace) {
  FakeTree tree;
  tree.directory("dev");
  ASSERT_EQ(::mkfifo((tree.root() / "dev/nvme0").c_str(), 0600), 0);

  EXPECT_EQ(ask_disk_health(machine_at(tree), nvme_node()).health.status(), ReadingStatus::error);
}

TEST(DiskHealth, IsUnsupportedWhereTheNodeIsGone) {
  const FakeTree tree;

  EXPECT_FALSE(ask_disk_health(machine_at(tree), nvme_node()).health);
}

TEST(DeviceNode, RefusesANodeOfAnotherNumber) {
  const auto other = DeviceNode::open("/dev/null", "8:0");
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().message.find("is device 1:3"), std::string::npos);

  EXPECT_TRUE(DeviceNode::open("/dev/null", "1:3"));
}

TEST(DiskHealth, OfADeviceThatIsNoDiskIsAnErrorAndNoCrash) {
  FakeTree tree;
  tree.directory("dev").link("dev/nvme0", "/dev/null");

  const auto health = ask_disk_health(machine_at(tree), nvme_node());
  EXPECT_FALSE(health.health);
  EXPECT_NE(health.health.reason().find("SMART log page"), std::string::npos);

  auto ata = nvme_node();
  ata.language = DiskNode::Language::ata;
  const auto other = ask_disk_health(machine_at(tree), ata);
  EXPECT_FALSE(other.health);
  EXPECT_NE(other.health.reason().find("power mode"), std::string::npos)
      << "before anything else, a disk is asked whether it sleeps";
}

}  // namespace
}  // namespace accel::host
