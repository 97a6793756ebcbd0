#include "accel/device_watch.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <thread>

#include "support/fake_clock.hpp"
#include "support/pci_tree.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::add_card;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::stub_info;
using accel::testing::stub_vendor;
using accel::testing::StubDevice;

constexpr std::array<std::uint16_t, 1> kNvidia{0x10de};

/// Announces what the test says.
class Announcements final : public UeventSource {
 public:
  Batch pending() override { return std::exchange(batch_, {}); }

  void say(const std::string& action, const std::string& address, const std::string& subsystem,
           const std::string& key = {}) {
    const std::string path = "/devices/pci0000:00/0000:00:01.0/" + address;
    std::string message = action + "@" + path + '\0' + "ACTION=" + action + '\0' +
                          "DEVPATH=" + path + '\0' + "SUBSYSTEM=" + subsystem + '\0';
    if (!key.empty()) message += key + '\0';
    batch_.messages.push_back(std::move(message));
  }
  void lose() { batch_.lost = true; }

 private:
  Batch batch_;
};

class DeviceWatchTest : public ::testing::Test {
 protected:
  DeviceWatchTest() {
    plug("0000:01:00.0");
    plug("0000:02:00.0");
    machine_.root = tree_.root();
    machine_.clock = clock_;
  }

  void plug(const std::string& address) { add_card(tree_, address, {.driver = "nvidia"}); }
  void unplug(const std::string& address) {
    tree_.remove("sys/bus/pci/devices/" + address)
        .remove("sys/devices/pci0000:00/0000:00:01.0/" + address);
  }
  void unbind(const std::string& address) {
    tree_.remove("sys/devices/pci0000:00/0000:00:01.0/" + address + "/driver");
  }
  /// A vendor that finds what has its driver, with a number that goes by the place.
  Result<Discovered> find(const Discovery& discovery) {
    ++discoveries_;
    Discovered found;
    for (const PciFunction& function : discovery.pci) {
      if (!function.driver) continue;
      AcceleratorInfo info = stub_info("NVIDIA", "GPU-" + function.address.text());
      info.pci_address = function.address;
      found.devices.push_back(std::make_unique<StubDevice>(info, read_));
    }
    return found;
  }
  System& system() {
    if (!system_) {
      entries_ = {stub_vendor(
          "NVIDIA", [this](const Discovery& d) { return find(d); }, kNvidia)};
      system_ = std::make_unique<System>(machine_, entries_);
      system_->discover();
      watch_ = std::make_unique<DeviceWatch>(*system_, announcements_);
      EXPECT_TRUE(watch_->refresh().empty()) << "nothing has happened yet";
    }
    return *system_;
  }
  DeviceWatch& watch() {
    system();
    return *watch_;
  }
  /// Until what was announced has settled.
  std::vector<DeviceChange> settled() {
    EXPECT_TRUE(watch().refresh().empty()) << "it has not settled yet";
    clock_->advance(std::chrono::milliseconds(600));
    return watch().refresh();
  }

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::shared_ptr<Announcements> announcements_ = std::make_shared<Announcements>();
  Machine machine_;
  std::function<void(ReadingSet&)> read_;
  int discoveries_ = 0;
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
  std::unique_ptr<DeviceWatch> watch_;
};

TEST_F(DeviceWatchTest, TellsOfADeviceThatIsRemoved) {
  system();
  unplug("0000:01:00.0");
  announcements_->say("remove", "0000:01:00.0", "pci");

  const auto changes = settled();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, DeviceChangeKind::removed);
  EXPECT_EQ(changes[0].uuid, "GPU-0000:01:00.0");
  EXPECT_EQ(changes[0].time, clock_->wall());
  ASSERT_EQ(system().devices().size(), 1U);
  EXPECT_EQ(system().devices()[0]->uuid, "GPU-0000:02:00.0");
  EXPECT_EQ(system().devices()[0]->global_index, 0) << "those that are present are counted";
}

TEST_F(DeviceWatchTest, TellsOfADeviceThatComesBackUnderItsName) {
  system();
  unplug("0000:01:00.0");
  announcements_->say("remove", "0000:01:00.0", "pci");
  ASSERT_EQ(settled().size(), 1U);
  plug("0000:01:00.0");
  announcements_->say("add", "0000:01:00.0", "pci");

  const auto changes = settled();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, DeviceChangeKind::added);
  EXPECT_EQ(changes[0].uuid, "GPU-0000:01:00.0");
  EXPECT_EQ(system().devices()[0]->uuid, "GPU-0000:01:00.0");
}

TEST_F(DeviceWatchTest, TellsOfADriverThatLeavesItsDevice) {
  system();
  unbind("0000:02:00.0");
  announcements_->say("unbind", "0000:02:00.0", "pci");

  const auto changes = settled();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, DeviceChangeKind::driver_changed);
  EXPECT_EQ(system().devices().size(), 2U);
  EXPECT_EQ(system().devices()[1]->state, DeviceState::no_driver);
}

TEST_F(DeviceWatchTest, TellsOfAResetThatADriverAnnounces) {
  system();
  announcements_->say("change", "0000:02:00.0/drm/card1", "drm", "WEDGED=rebind");

  const auto changes = settled();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, DeviceChangeKind::reset);
  EXPECT_EQ(changes[0].uuid, "GPU-0000:02:00.0");
}

TEST_F(DeviceWatchTest, LooksOnceForABurstOfAnnouncements) {
  system();
  const int before = discoveries_;
  for (int i = 0; i < 5; ++i) {
    plug("0000:0" + std::to_string(3 + i) + ":00.0");
    announcements_->say("add", "0000:03:00.0", "pci");
    EXPECT_TRUE(watch().refresh().empty());
    clock_->advance(std::chrono::milliseconds(100));
  }

  EXPECT_EQ(settled().size(), 5U);
  EXPECT_EQ(discoveries_, before + 1);
}

TEST_F(DeviceWatchTest, DoesNotWaitForEverForABurstToEnd) {
  system();
  plug("0000:03:00.0");
  std::size_t told = 0;

  for (int i = 0; i < 40 && told == 0; ++i) {
    announcements_->say("bind", "0000:03:00.0", "pci");
    told = watch().refresh().size();
    clock_->advance(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(told, 1U);
}

TEST_F(DeviceWatchTest, AsksNoVendorAboutDevicesThatAreNoAccelerators) {
  system();
  const int before = discoveries_;
  announcements_->say("add", "0000:09:00.0", "pci");
  announcements_->say("change", "0000:01:00.0/drm/card0", "drm", "HOTPLUG=1");
  announcements_->say("add", "virtual/net/eth7", "net");

  EXPECT_TRUE(settled().empty());
  EXPECT_EQ(discoveries_, before);
}

TEST_F(DeviceWatchTest, LooksAtTheBusWhenAnnouncementsWereLost) {
  system();
  unplug("0000:01:00.0");
  announcements_->lose();

  EXPECT_EQ(settled().size(), 1U);
}

TEST_F(DeviceWatchTest, LooksAtTheBusNowAndThenWhereNothingIsAnnounced) {
  announcements_ = nullptr;
  system();
  unplug("0000:01:00.0");

  EXPECT_TRUE(watch().refresh().empty()) << "not at every call";
  clock_->advance(std::chrono::seconds(11));
  EXPECT_EQ(watch().refresh().size(), 1U);
}

TEST_F(DeviceWatchTest, GivesReadingsWithAReasonOfADeviceThatIsGone) {
  bool was_asked = false;
  read_ = [&](ReadingSet& out) {
    was_asked = true;
    out.set(metric::temperature, Reading<Temperature>{Temperature{40000}, "stub"});
  };
  system();
  unplug("0000:01:00.0");

  const auto samples = system().sample_all({.processes = true});
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].state, DeviceState::lost);
  EXPECT_EQ(samples[0].readings.get(metric::temperature).status(), ReadingStatus::lost);
  EXPECT_NE(samples[0].state_reason.find("0000:01:00.0"), std::string::npos);
  EXPECT_EQ(samples[0].processes.error().code, Errc::device_lost);
  EXPECT_TRUE(samples[1].readings.get(metric::temperature));
}

TEST_F(DeviceWatchTest, KeepsWhatOlderSamplesPointTo) {
  const auto samples = system().sample_all({});
  unplug("0000:01:00.0");
  announcements_->say("remove", "0000:01:00.0", "pci");
  ASSERT_EQ(settled().size(), 1U);

  EXPECT_EQ(samples[0].info->uuid, "GPU-0000:01:00.0");
}

TEST_F(DeviceWatchTest, LooksAgainForADeviceThatDoesNotAnswer) {
  bool is_lost = true;
  read_ = [&](ReadingSet& out) {
    if (is_lost) {
      out.set(metric::temperature, Reading<Temperature>{Absence{ReadingStatus::lost, "lost", ""}});
    } else {
      out.set(metric::temperature, Reading<Temperature>{Temperature{40000}, "stub"});
    }
  };
  system();
  const int before = discoveries_;
  for (int i = 0; i < 60; ++i) {
    const auto samples = system().sample_all({});
    static_cast<void>(watch().refresh(samples));
    clock_->advance(std::chrono::seconds(1));
  }

  EXPECT_GT(discoveries_, before);
  EXPECT_LT(discoveries_, before + 5) << "ever more rarely";
}

TEST_F(DeviceWatchTest, GrowsNoThreadsNoDescriptorsAndNoDevices) {
  const auto count = [](const char* folder) {
    using Entries = std::filesystem::directory_iterator;
    return std::distance(Entries(folder), Entries());
  };
  const auto round = [&] {
    unplug("0000:01:00.0");
    announcements_->say("remove", "0000:01:00.0", "pci");
    ASSERT_EQ(settled().size(), 1U);
    plug("0000:01:00.0");
    announcements_->say("add", "0000:01:00.0", "pci");
    ASSERT_EQ(settled().size(), 1U);
    ASSERT_EQ(system().sample_all({}).size(), 2U);
  };
  system();
  for (int i = 0; i < 3; ++i) round();
  const auto threads = count("/proc/self/task");
  const auto descriptors = count("/proc/self/fd");

  for (int i = 0; i < 30; ++i) round();
  for (int look = 0; look < 1'000'000 && count("/proc/self/task") > threads; ++look) {
    std::this_thread::yield();
  }
  EXPECT_LE(count("/proc/self/task"), threads);
  EXPECT_EQ(count("/proc/self/fd"), descriptors);
}

}  // namespace
}  // namespace accel
