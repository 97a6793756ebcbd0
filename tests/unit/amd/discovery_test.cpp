#include <gtest/gtest.h>

#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using testing::CardTree;

TEST(AmdDiscovery, FindsNothingOnAnEmptyMachine) {
  const CardTree tree;

  const auto system = tree.system();

  EXPECT_TRUE(system->devices().empty());
  EXPECT_TRUE(system->problems().empty());
}

TEST(AmdDiscovery, KeepsIdentitiesWhateverTheNumbersOfTheCards) {
  CardTree tree;
  tree.files.file(tree.add("0000:03:00.0", 1) / "unique_id", "00000000000000aa\n");
  tree.files.file(tree.add("0000:c3:00.0", 0) / "unique_id", "00000000000000bb\n");

  const auto system = tree.system();

  ASSERT_EQ(system->devices().size(), 2U);
  EXPECT_EQ(system->devices()[0]->uuid, "GPU-00000000000000aa");
  EXPECT_EQ(system->devices()[1]->uuid, "GPU-00000000000000bb");
  EXPECT_EQ(system->devices()[1]->global_index, 1);
}

TEST(AmdDiscovery, LeavesAGpuOfAnotherDriverAlone) {
  CardTree tree;
  const auto card = tree.add();
  tree.files.remove(card / "driver").directory("sys/bus/pci/drivers/vfio-pci");
  tree.files.link(card / "driver",
                  std::filesystem::path("sys/bus/pci/drivers/vfio-pci").lexically_relative(card));

  const auto system = tree.system();

  ASSERT_EQ(system->devices().size(), 1U);
  EXPECT_EQ(system->devices()[0]->state, DeviceState::no_driver);
}

TEST(AmdDiscovery, AnswersNothingAfterShutdownAndMayShutDownTwice) {
  CardTree tree;
  const auto sensors = tree.add_sensors(tree.add());
  tree.files.file(sensors / "power1_average", "180000000\n");
  const Machine machine = tree.machine();
  const auto backend = entry().make(machine);
  PciFunction function;
  function.ids.vendor = 0x1002;
  function.driver = {std::string("amdgpu"), "test"};
  function.directory = tree.files.root() / sensors.parent_path().parent_path();
  auto found = backend->discover(Discovery{machine, std::span(&function, 1)});
  ASSERT_TRUE(found);
  ReadingSet before;
  found->devices.at(0)->sample(before);

  backend->shutdown();
  backend->shutdown();
  ReadingSet after;
  found->devices.at(0)->sample(after);

  EXPECT_TRUE(before.get(metric::power));
  EXPECT_EQ(after.get(metric::power).status(), ReadingStatus::error);
}

TEST(AmdDiscovery, IsKnownToFrameworksAsCuda) {
  EXPECT_EQ(entry().make(Machine{.root = "/nowhere"})->framework_device(1), "cuda:1");
}

TEST(AmdDiscovery, ReadsRadeonSensorsWithoutLabels) {
  CardTree tree;
  const auto card = tree.add();
  tree.files.remove(card / "driver").directory("sys/bus/pci/drivers/radeon");
  tree.files
      .link(card / "driver",
            std::filesystem::path("sys/bus/pci/drivers/radeon").lexically_relative(card))
      .file(card / "hwmon/hwmon1/name", "radeon\n")
      .file(card / "hwmon/hwmon1/temp1_input", "48000\n");

  EXPECT_EQ(*tree.read().get(metric::temperature), celsius(48));
}

}  // namespace
}  // namespace accel::amd
