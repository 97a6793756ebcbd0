// Discovering and sampling over and over, side by side, leaves nothing behind.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "accel/system.hpp"
#include "support/clock_mover.hpp"
#include "support/gate.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::finds;
using accel::testing::finds_one;
using accel::testing::Gate;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;

std::ptrdiff_t entries_of(const char* folder) {
  using Entries = std::filesystem::directory_iterator;
  return std::distance(Entries(folder), Entries());
}
std::ptrdiff_t threads() { return entries_of("/proc/self/task"); }
std::ptrdiff_t descriptors() { return entries_of("/proc/self/fd"); }

/// A thread that was joined may still be listed for a moment.
bool falls_to(std::ptrdiff_t (*count)(), std::ptrdiff_t wanted) {
  for (int look = 0; look < 1'000'000 && count() > wanted; ++look) std::this_thread::yield();
  return count() <= wanted;
}

class Endurance : public ::testing::Test {
 protected:
  Endurance() {
    add_card(tree_, "0000:01:00.0", {.driver = "nvidia"});
    add_card(tree_, "0000:02:00.0", {.vendor = "0x1002", .driver = "amdgpu"});
    std::thread([] {}).join();  // a sanitizer starts a thread of its own with the first
    entries_ = {stub_vendor("NVIDIA", finds({stub_info_at("NVIDIA", "0000:01:00.0")})),
                stub_vendor("AMD", finds({stub_info_at("AMD", "0000:02:00.0")}))};
  }
  [[nodiscard]] Machine machine() const { return Machine{.root = tree_.root()}; }

  FakeTree tree_;
  std::vector<BackendEntry> entries_;
};

TEST_F(Endurance, OfOneSystemGrowsNeitherThreadsNorDescriptors) {
  const auto at_first = threads();
  {
    System system(machine(), entries_);
    const auto run = [&] {
      system.discover();
      ASSERT_EQ(system.sample_all({.processes = true, .slow = true}).size(), 2U);
    };
    for (int warm_up = 0; warm_up < 3; ++warm_up) run();
    const auto warm = threads();
    const auto open = descriptors();

    for (int round = 0; round < 100; ++round) run();

    EXPECT_TRUE(falls_to(threads, warm)) << threads() << " threads, were " << warm;
    EXPECT_EQ(descriptors(), open);
  }
  EXPECT_TRUE(falls_to(threads, at_first)) << threads() << " threads, were " << at_first;
}

TEST_F(Endurance, OfFiveSystemsSideBySide) {
  const auto at_first = threads();
  const auto open = descriptors();
  std::vector<std::jthread> users;
  std::atomic<int> right = 0;

  for (int user = 0; user < 5; ++user) {
    users.emplace_back([&] {
      System system(machine(), entries_);
      for (int round = 0; round < 20; ++round) {
        system.discover();
        if (system.sample_all({}).size() == 2 && system.problems().empty()) ++right;
      }
    });
  }
  users.clear();

  EXPECT_EQ(right, 100);
  EXPECT_TRUE(falls_to(threads, at_first));
  EXPECT_EQ(descriptors(), open);
}

TEST_F(Endurance, WithAHangingDeviceAddsNoThreadEachTime) {
  const auto clock = std::make_shared<FakeClock>();
  const auto gate = std::make_shared<Gate>();
  entries_ = {stub_vendor("NVIDIA", finds_one(stub_info_at("NVIDIA", "0000:01:00.0"),
                                              [gate](ReadingSet&) { gate->pass(); }))};
  System system(Machine{.root = tree_.root(), .clock = clock}, entries_);
  system.discover();
  {
    const ClockMover mover(clock, std::chrono::seconds(3));
    ASSERT_EQ(system.sample_all({}).at(0).state, DeviceState::hung);
  }
  system.discover();
  ASSERT_EQ(system.sample_all({}).at(0).state, DeviceState::hung);
  const auto warm = threads();

  for (int round = 0; round < 20; ++round) {
    system.discover();
    ASSERT_EQ(system.sample_all({}).at(0).state, DeviceState::hung);
  }

  EXPECT_TRUE(falls_to(threads, warm)) << threads() << " threads, were " << warm;
  gate->open();
}

}  // namespace
}  // namespace accel
