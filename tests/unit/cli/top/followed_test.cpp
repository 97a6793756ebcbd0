// Devices that come and go while they are watched.
#include "cli/top/followed.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "support/fake_clock.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel::cli::top {
namespace {

using accel::testing::add_card;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::stub_info;
using accel::testing::stub_vendor;
using accel::testing::StubDevice;
using namespace std::chrono_literals;

constexpr std::array<std::uint16_t, 1> kNvidia{0x10de};

class FollowedDevices : public ::testing::Test {
 protected:
  FollowedDevices() {
    for (const char* address : {"0000:01:00.0", "0000:02:00.0", "0000:03:00.0"}) plug(address);
  }

  void plug(const std::string& address) { add_card(tree_, address, {.driver = "nvidia"}); }
  void unplug(const std::string& address) {
    tree_.remove("sys/bus/pci/devices/" + address)
        .remove("sys/devices/pci0000:00/0000:00:01.0/" + address);
  }
  static Result<Discovered> find(const Discovery& discovery) {
    Discovered found;
    for (const PciFunction& function : discovery.pci) {
      AcceleratorInfo info = stub_info("NVIDIA", "GPU-" + function.address.text());
      info.pci_address = function.address;
      found.devices.push_back(std::make_unique<StubDevice>(info));
    }
    return found;
  }
  Followed& follow(std::initializer_list<const char*> devices) {
    for (const char* device : devices) {
      settings_.devices.push_back(*Selector::parse(device, Selector::Bare::allowed));
    }
    system_ = std::make_unique<System>(context_.machine, entries_);
    followed_ = std::make_unique<Followed>(context_, *system_);
    return *followed_;
  }
  /// The text of every change, after a time in which the bus is looked at.
  std::vector<std::string> changes() {
    clock_->advance(10s);
    return followed_->refresh();
  }
  [[nodiscard]] std::vector<std::string> shown() const {
    std::vector<std::string> uuids;
    for (const std::size_t position : followed_->positions()) {
      uuids.push_back(system_->devices().at(position)->uuid);
    }
    return uuids;
  }
  using Uuids = std::vector<std::string>;

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::vector<BackendEntry> entries_{stub_vendor("NVIDIA", find, kNvidia)};
  Arguments arguments_;
  Settings settings_;
  Surroundings surroundings_;
  Context context_{arguments_, settings_, surroundings_, {.root = tree_.root(), .clock = clock_}};
  std::unique_ptr<System> system_;
  std::unique_ptr<Followed> followed_;
};

TEST_F(FollowedDevices, AreAllUnlessSomeAreAskedFor) {
  ASSERT_TRUE(follow({}).discover());
  EXPECT_TRUE(changes().empty());
  plug("0000:04:00.0");

  const auto texts = changes();

  ASSERT_EQ(texts.size(), 1U);
  EXPECT_NE(texts[0].find("0000:04:00.0: is new"), std::string::npos) << texts[0];
  EXPECT_EQ(shown().size(), 4U);
}

TEST_F(FollowedDevices, AreTheSameOnesWhenTheirNumbersChange) {
  ASSERT_TRUE(follow({"2", "1"}).discover());
  EXPECT_EQ(shown(), (Uuids{"GPU-0000:03:00.0", "GPU-0000:02:00.0"}));
  unplug("0000:01:00.0");

  EXPECT_TRUE(changes().empty()) << "nobody asked for that one";
  EXPECT_EQ(shown(), (Uuids{"GPU-0000:03:00.0", "GPU-0000:02:00.0"}));
}

TEST_F(FollowedDevices, MayGoAndComeBack) {
  ASSERT_TRUE(follow({"0"}).discover());
  unplug("0000:01:00.0");

  ASSERT_EQ(changes().size(), 1U);
  EXPECT_TRUE(shown().empty());
  ASSERT_TRUE(followed_->discover()) << "by hand: it is away, which is no error now";
  plug("0000:01:00.0");
  EXPECT_EQ(changes().size(), 1U);
  EXPECT_EQ(shown(), Uuids{"GPU-0000:01:00.0"});
}

TEST_F(FollowedDevices, MustBeThereAtFirst) {
  const auto found = follow({"9"}).discover();

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::gpu_not_found);
}

TEST_F(FollowedDevices, AreLookedForAgainWhereOneIsLost) {
  int discoveries = 0;
  entries_ = {stub_vendor(
      "NVIDIA",
      [&](const Discovery& discovery) {
        ++discoveries;
        return find(discovery);
      },
      kNvidia)};
  ASSERT_TRUE(follow({}).discover());
  (void)changes();
  std::vector<DeviceSample> samples(3);
  samples[1].state = DeviceState::lost;
  const int before = discoveries;
  followed_->note(samples);

  (void)changes();

  EXPECT_EQ(discoveries, before + 1);
}

}  // namespace
}  // namespace accel::cli::top
