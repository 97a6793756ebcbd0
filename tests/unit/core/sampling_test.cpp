#include <gtest/gtest.h>

#include <thread>

#include "accel/system.hpp"
#include "support/clock_mover.hpp"
#include "support/fake_tree.hpp"
#include "support/gate.hpp"
#include "support/stub_vendor.hpp"

namespace accel {
namespace {

using accel::testing::ClockMover;
using accel::testing::FakeClock;
using accel::testing::FakeTree;
using accel::testing::finds_one;
using accel::testing::Gate;
using accel::testing::stub_info_at;
using accel::testing::stub_vendor;
using namespace std::chrono_literals;

void read_power(ReadingSet& out) { out.set(metric::power, {milliwatts(5'000), "stub"}); }

class Sampling : public ::testing::Test {
 protected:
  void add(std::string_view vendor, std::string_view address,
           std::function<void(ReadingSet&)> read) {
    entries_.push_back(stub_vendor(vendor, finds_one(stub_info_at(vendor, address), read)));
  }
  System& system() {
    if (system_ == nullptr) {
      system_ = std::make_unique<System>(Machine{.root = tree_.root(), .clock = clock_}, entries_);
      system_->discover();
    }
    return *system_;
  }

  FakeTree tree_;
  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
  std::vector<BackendEntry> entries_;
  std::unique_ptr<System> system_;
};

TEST_F(Sampling, GivesEachDevicesReadingsInTheOrderAskedFor) {
  add("A", "0000:01:00.0", read_power);
  add("B", "0000:02:00.0", [](ReadingSet& out) { out.set(metric::temperature, {celsius(46)}); });

  const std::vector<std::size_t> positions{1, 0};
  const auto samples = system().sample(positions, {});

  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].info->vendor, "B");
  EXPECT_EQ(*samples[0].readings.get(metric::temperature), celsius(46));
  EXPECT_EQ(*samples[1].readings.get(metric::power), milliwatts(5'000));
  EXPECT_EQ(samples[1].state, DeviceState::ok);
}

TEST_F(Sampling, ReadsADeviceOnceThatIsAskedForTwice) {
  int reads = 0;
  add("A", "0000:01:00.0", [&](ReadingSet& out) {
    ++reads;
    read_power(out);
  });

  const std::vector<std::size_t> positions{0, 0};
  const auto samples = system().sample(positions, {});

  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(reads, 1);
  EXPECT_EQ(*samples[0].readings.get(metric::power), milliwatts(5'000));
  EXPECT_EQ(*samples[1].readings.get(metric::power), milliwatts(5'000));
}

TEST_F(Sampling, KeepsWhatWasReadBeforeADeviceThrew) {
  add("A", "0000:01:00.0", [](ReadingSet& out) {
    read_power(out);
    throw std::runtime_error("plug-in broke");
  });
  add("B", "0000:02:00.0", read_power);

  const auto samples = system().sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::error);
  EXPECT_EQ(samples[0].state_reason, "plug-in broke");
  EXPECT_EQ(*samples[0].readings.get(metric::power), milliwatts(5'000));
  EXPECT_EQ(samples[0].readings.get(metric::temperature).status(), ReadingStatus::error);
  EXPECT_EQ(samples.at(1).state, DeviceState::ok);
}

TEST_F(Sampling, TakesADeviceForLostWhoseReadingsSaySo) {
  add("A", "0000:01:00.0", [](ReadingSet& out) {
    out.set(metric::power, Reading<Power>{Absence{ReadingStatus::lost, "GPU is lost", ""}});
  });
  add("B", "0000:02:00.0", read_power);

  const auto samples = system().sample_all({});

  EXPECT_EQ(samples.at(0).state, DeviceState::lost);
  EXPECT_EQ(samples[0].state_reason, "GPU is lost");
  EXPECT_EQ(samples[0].readings.get(metric::temperature).status(), ReadingStatus::lost);
  EXPECT_EQ(samples.at(1).state, DeviceState::ok);
}

TEST_F(Sampling, SaysThatADeviceDoesNotTellItsProcesses) {
  add("A", "0000:01:00.0", read_power);

  EXPECT_TRUE(system().sample_all({}).at(0).processes) << "nobody asked";
  const auto asked = system().sample_all({.processes = true});
  EXPECT_EQ(asked.at(0).processes.error().code, Errc::operation_not_supported);
}

class HangingDevice : public Sampling {
 protected:
  HangingDevice() {
    add("A", "0000:01:00.0", read_power);
    add("B", "0000:02:00.0", [gate = gate_](ReadingSet&) { gate->pass(); });
    system();
  }
  std::vector<DeviceSample> sample_while_it_hangs() {
    const ClockMover mover(clock_, 3s);
    return system().sample_all({});
  }

  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(HangingDevice, CostsOnlyItsOwnReadings) {
  const auto samples = sample_while_it_hangs();

  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(*samples[0].readings.get(metric::power), milliwatts(5'000));
  EXPECT_EQ(samples[1].state, DeviceState::hung);
  EXPECT_EQ(samples[1].state_reason, "the driver did not answer within 2s");
  EXPECT_EQ(samples[1].readings.get(metric::power).status(), ReadingStatus::hung);
  EXPECT_EQ(samples[1].processes.error().code, Errc::timeout);
  EXPECT_TRUE(system().has_stuck_driver());
  gate_->open();
}

TEST_F(HangingDevice, IsNotWaitedForASecondTime) {
  sample_while_it_hangs();

  const auto samples = system().sample_all({});  // Nobody moves the clock.

  EXPECT_EQ(samples.at(0).state, DeviceState::ok);
  EXPECT_EQ(samples.at(1).state, DeviceState::hung);
  gate_->open();
}

TEST_F(HangingDevice, IsNotWaitedForAfterDiscoveringAgain) {
  sample_while_it_hangs();
  system().discover();

  const auto samples = system().sample_all({});  // Nobody moves the clock.

  EXPECT_EQ(samples.at(1).state, DeviceState::hung);
  gate_->open();
}

TEST_F(HangingDevice, IsReadAgainOnceItsDriverAnswers) {
  sample_while_it_hangs();
  gate_->open();
  while (system().has_stuck_driver()) std::this_thread::yield();

  const auto samples = system().sample_all({});

  EXPECT_EQ(samples.at(1).state, DeviceState::ok);
}

TEST_F(HangingDevice, MayOutliveTheSystem) {
  sample_while_it_hangs();
  system_.reset();

  gate_->open();
}

TEST_F(Sampling, ListsWhoHasTheNodeOpenOfADeviceThatTellsOfNoPrograms) {
  AcceleratorInfo info = stub_info_at("A", "0000:01:00.0");
  info.device_nodes = {"/dev/acme0"};
  entries_.push_back(stub_vendor("A", finds_one(info, read_power)));
  tree_.file("proc/100/cmdline", "train").link("proc/100/fd/3", "/dev/acme0");
  tree_.file("proc/101/cmdline", "other").link("proc/101/fd/3", "/dev/acme1");

  const auto sample = system().sample_all({.processes = true}).at(0);

  ASSERT_TRUE(sample.processes);
  ASSERT_EQ(sample.processes->processes.size(), 1U);
  EXPECT_EQ(sample.processes->processes[0].pid, 100);
  EXPECT_EQ(sample.processes->processes[0].type, ProcessType::unknown);
  EXPECT_FALSE(sample.processes->processes[0].memory.reason().empty());
}

TEST_F(Sampling, ReadsNothingWhereProgramsAloneAreWanted) {
  int reads = 0;
  add("A", "0000:01:00.0", [&](ReadingSet&) { ++reads; });

  const auto sample = system().sample_all({.processes = true, .readings = false}).at(0);

  EXPECT_EQ(reads, 0);
  EXPECT_TRUE(sample.readings.entries().empty());
  EXPECT_EQ(sample.state, DeviceState::ok);
}

/// Tells its use in that way, and a quarter as the sum over its programs.
class SummedDevice final : public Device, public ProcessLister {
 public:
  SummedDevice(AcceleratorInfo info, Reading<Ratio> told)
      : info_(std::move(info)), told_(std::move(told)) {}

  const AcceleratorInfo& info() const override { return info_; }
  void sample(ReadingSet& out) override { out.set(metric::utilization, told_); }
  ProcessLister* process_lister() override { return this; }
  Result<ProcessList> processes() override {
    ProcessList list;
    list.sums.set(metric::utilization, Reading<Ratio>(ratio(0.25)));
    return list;
  }

 private:
  AcceleratorInfo info_;
  Reading<Ratio> told_;
};

TEST_F(Sampling, TakesTheSumOverProgramsForAUseThatTheDeviceDoesNotTell) {
  using Told = std::pair<Reading<Ratio>, std::optional<Ratio>>;
  const std::vector<Told> cases{
      {Absence{ReadingStatus::unsupported, "no such file", ""}, ratio(0.25)},
      {Absence{ReadingStatus::no_permission, "not for you", ""}, ratio(0.25)},
      {Absence{ReadingStatus::pending, "later", ""}, std::nullopt},
      {Absence{ReadingStatus::asleep, "it sleeps", ""}, std::nullopt},
      {ratio(0.75), ratio(0.75)},
  };
  for (const auto& [told, expected] : cases) {
    entries_ = {stub_vendor("A", [reading = told](const Discovery&) {
      Discovered found;
      found.devices.push_back(
          std::make_unique<SummedDevice>(stub_info_at("A", "0000:01:00.0"), reading));
      return found;
    })};
    system_ = nullptr;

    const auto sample = system().sample_all({.processes = true}).at(0);

    EXPECT_EQ(sample.readings.get(metric::utilization).optional(), expected) << told.reason();
  }
}

TEST(HiddenFrom, CountsNoProgramThatSomeDeviceLists) {
  std::vector<DeviceSample> samples(2);
  samples[0].processes->hidden.pids = {7, 8};
  samples[1].processes->hidden.pids = {8, 9};
  AcceleratorProcess seen;
  seen.pid = 7;
  samples[1].processes->processes.push_back(seen);

  EXPECT_EQ(hidden_from(samples).pids, (std::vector<std::int64_t>{8, 9}));
}

}  // namespace
}  // namespace accel
