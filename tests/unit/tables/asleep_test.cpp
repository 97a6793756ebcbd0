// A suspended device of any vendor is listed and left alone.
#include "support/open_recorder.hpp"
#include "tables/fixture.hpp"

namespace accel {
namespace {

using accel::testing::DriverFile;
using accel::testing::EveryVendor;
using accel::testing::OpenRecorder;
using accel::testing::vendor_trees;

class EveryVendorAsleep : public EveryVendor {};

TEST_P(EveryVendorAsleep, IsListedAndNoFileOfItsDriverIsOpened) {
  build_tree("suspended");
  OpenRecorder recorder(tree_.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";

  discover();
  const auto read = sample();
  const auto opened = recorder.opened();

  ASSERT_EQ(system_->devices().size(), 1U);
  EXPECT_EQ(device().state, DeviceState::asleep);
  EXPECT_EQ(read.state, DeviceState::asleep);
  EXPECT_EQ(read.readings.get(metric::power).status(), ReadingStatus::asleep);
  EXPECT_FALSE(read.readings.get(metric::power).remedy().empty());
  EXPECT_TRUE(opened.contains("runtime_status")) << "the recorder saw nothing";
  for (const DriverFile& file : GetParam().files) {
    EXPECT_FALSE(opened.contains(file.path.filename().string())) << file.path << " wakes it";
  }
}

TEST_P(EveryVendorAsleep, IsReadWhenTheUserWantsItWoken) {
  build_tree("suspended");
  discover(true);

  const auto read = sample();

  EXPECT_EQ(read.state, DeviceState::ok);
  for (const DriverFile& file : GetParam().files) {
    EXPECT_TRUE(file.metric == nullptr || holds(read, file)) << file.path;
  }
}

TEST_P(EveryVendorAsleep, MayHaveFallenAsleepSinceItWasFound) {
  const auto folder = build_tree();
  discover();
  ASSERT_EQ(sample().state, DeviceState::ok);
  tree_.file(folder / "power/runtime_status", "suspended\n");

  EXPECT_EQ(sample().state, DeviceState::asleep);
}

TEST_P(EveryVendorAsleep, IsReadWhenItHasWoken) {
  const auto folder = build_tree("suspended");
  discover();
  tree_.file(folder / "power/runtime_status", "active\n");

  const auto read = sample();

  for (const DriverFile& file : GetParam().files) {
    EXPECT_TRUE(file.metric == nullptr || holds(read, file)) << file.path;
  }
}

TEST_P(EveryVendorAsleep, IsAwakeWhereThereIsNoRuntimePowerManagement) {
  build_tree("");

  discover();

  EXPECT_EQ(device().state, DeviceState::ok);
  EXPECT_EQ(sample().state, DeviceState::ok);
}

INSTANTIATE_TEST_SUITE_P(Tables, EveryVendorAsleep, ::testing::ValuesIn(vendor_trees()),
                         accel::testing::tree_name);

}  // namespace
}  // namespace accel
