// A suspended device is listed and left alone. inotify tells every file that was opened.
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "accel/system.hpp"
#include "support/open_recorder.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::FakeTree;
using accel::testing::finds_one;
using accel::testing::OpenRecorder;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;

constexpr std::array<std::uint16_t, 1> kAmd{0x1002};
const std::set<std::string> kWaking{
    "current_link_speed", "current_link_width", "max_link_width", "power1_average", "card0",
    "renderD128"};

class AsleepDevice : public ::testing::Test {
 protected:
  AsleepDevice() {
    folder_ = add_card(tree_, "0000:03:00.0",
                       {.vendor = "0x1002",
                        .device = "0x73bf",
                        .class_code = "0x030000",
                        .driver = "amdgpu",
                        .runtime_status = "suspended"});
    tree_.file(folder_ / "hwmon/hwmon3/power1_average", "21500000\n")
        .file("dev/dri/card0", "")
        .file("dev/dri/renderD128", "");
    entry_ = stub_vendor("AMD",
                         finds_one(stub_info_at("AMD", "0000:03:00.0"),
                                   [this](ReadingSet& out) {
                                     ++reads_;
                                     out.set(metric::power, {milliwatts(21'500), "stub"});
                                   }),
                         kAmd);
  }

  FakeTree tree_;
  std::filesystem::path folder_;
  BackendEntry entry_;
  int reads_ = 0;
};

TEST_F(AsleepDevice, IsListedAndSampledWithoutBeingTouched) {
  OpenRecorder recorder(tree_.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";
  System system(Machine{.root = tree_.root()}, std::span(&entry_, 1));

  system.discover();
  const auto samples = system.sample_all({.processes = true, .slow = true});
  const auto opened = recorder.opened();

  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].state, DeviceState::asleep);
  EXPECT_EQ(samples[0].readings.get(metric::power).status(), ReadingStatus::asleep);
  EXPECT_EQ(samples[0].readings.get(metric::temperature).status(), ReadingStatus::asleep);
  EXPECT_EQ(samples[0].readings.get(metric::pcie_speed).status(), ReadingStatus::asleep);
  EXPECT_EQ(samples[0].processes.error().code, Errc::device_asleep);
  EXPECT_EQ(reads_, 0) << "the vendor's library was asked";
  EXPECT_TRUE(opened.contains("runtime_status")) << "the recorder saw nothing";
  for (const auto& file : kWaking) EXPECT_FALSE(opened.contains(file)) << file << " wakes it";
}

TEST_F(AsleepDevice, IsListedByTheBusAloneWithoutBeingTouched) {
  OpenRecorder recorder(tree_.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";
  System system(Machine{.root = tree_.root()}, {});

  system.discover();
  EXPECT_EQ(system.sample_all({}).at(0).state, DeviceState::asleep);
  const auto opened = recorder.opened();

  ASSERT_EQ(system.devices().size(), 1U);
  EXPECT_EQ(system.devices()[0]->state, DeviceState::asleep);
  for (const auto& file : kWaking) EXPECT_FALSE(opened.contains(file)) << file << " wakes it";
}

TEST_F(AsleepDevice, IsReadWhenTheUserWantsItWoken) {
  System system(Machine{.root = tree_.root(), .wake = true}, std::span(&entry_, 1));
  system.discover();

  const auto samples = system.sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::ok);
  EXPECT_EQ(*samples[0].readings.get(metric::power), milliwatts(21'500));
  EXPECT_TRUE(samples[0].readings.get(metric::pcie_speed));
}

TEST_F(AsleepDevice, MayHaveFallenAsleepSinceItWasFound) {
  tree_.file(folder_ / "power/runtime_status", "active\n");
  System system(Machine{.root = tree_.root()}, std::span(&entry_, 1));
  system.discover();
  ASSERT_EQ(system.sample_all({}).at(0).state, DeviceState::ok);
  tree_.file(folder_ / "power/runtime_status", "suspended\n");

  const auto samples = system.sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::asleep);
  EXPECT_EQ(samples[0].readings.get(metric::pcie_speed).status(), ReadingStatus::asleep);
  EXPECT_NE(samples[0].state_reason.find("power/runtime_status is 'suspended'"), std::string::npos);
  EXPECT_EQ(reads_, 1);
}

TEST_F(AsleepDevice, MayHaveWokenSinceItWasFound) {
  auto info = stub_info_at("AMD", "0000:03:00.0");
  info.state = DeviceState::asleep;
  info.state_reason = "suspended when it was found";
  entry_ = stub_vendor("AMD", finds_one(info, [](ReadingSet& out) {
                         out.set(metric::power, {milliwatts(1), "stub"});
                       }));
  System system(Machine{.root = tree_.root()}, std::span(&entry_, 1));
  system.discover();
  tree_.file(folder_ / "power/runtime_status", "active\n");

  const auto samples = system.sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::ok);
  EXPECT_EQ(samples[0].state_reason, "");
}

TEST_F(AsleepDevice, IsAwakeWhereThereIsNoRuntimePowerManagement) {
  tree_.remove(folder_ / "power");
  System system(Machine{.root = tree_.root()}, std::span(&entry_, 1));
  system.discover();

  EXPECT_EQ(system.sample_all({}).at(0).state, DeviceState::ok);
}

}  // namespace
}  // namespace accel
