// What Level Zero adds to the drivers' files, and when it may be started at all.
#include <dlfcn.h>

#include <algorithm>

#include "backends/intel/management.hpp"
#include "fakes/level_zero/script.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;
using fake_zes::Device;

class IntelManagement : public IntelTest {
 protected:
  IntelManagement() : card_(add_xe_card()) {
    machine_.library_dir = ACCEL_FAKE_LEVEL_ZERO;
    const std::string path = machine_.library_dir / "libze_loader.so.1";
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(path + " does not open");
    auto* symbol = ::dlsym(library, "fake_zes_script");
    script_ = reinterpret_cast<fake_zes::ScriptFunction*>(symbol)();
    *script_ = {};
    script_->devices.emplace_back();
  }

  Device& zes() { return script_->devices.front(); }
  /// What the slow readings are after the quick ones.
  ReadingSet slow_sample(std::size_t position = 0) {
    ReadingSet readings = sample(position);
    device(position).slow_reader()->sample_slowly(readings);
    return readings;
  }
  [[nodiscard]] bool was_started() const {
    return std::ranges::find(script_->calls, "zesInit") != script_->calls.end();
  }

  Path card_;
  fake_zes::Script* script_;
};

TEST_F(IntelManagement, TellsHowBusyEnginesAre) {
  zes().engines = {{0, 5'000'000, 10'000'000}, {1, 1'000'000, 10'000'000}, {12, 0, 10'000'000}};
  EXPECT_EQ(slow_sample().get(metric::utilization).status(), ReadingStatus::pending);
  zes().engines = {{0, 5'400'000, 11'000'000}, {1, 1'300'000, 11'000'000}, {12, 0, 11'000'000}};

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::utilization), ratio(0.4));
  EXPECT_EQ(*readings.get(metric::utilization_compute), ratio(0.3));
  EXPECT_EQ(*readings.get(metric::utilization_graphics), ratio(0.0));
  EXPECT_EQ(readings.get(metric::utilization).source(), "zesEngineGetActivity");
  EXPECT_EQ(readings.get(metric::power_state).optional(), "Active");
}

TEST_F(IntelManagement, TakesTheBusiestEngineWhereNothingCountsThemAll) {
  zes().engines = {{1, 0, 0}, {3, 0, 0}};
  (void)slow_sample();
  zes().engines = {{1, 200'000, 1'000'000}, {3, 700'000, 1'000'000}};

  EXPECT_EQ(*slow_sample().get(metric::utilization), ratio(0.7));
}

TEST_F(IntelManagement, SaysWhoMayReadEngines) {
  zes().engines = {{0, 0, 0}};
  script_->results["zesEngineGetActivity"] = 0x70010000;

  const auto utilization = slow_sample().get(metric::utilization);

  // The programs cannot stand in for it either: they may be looked at, and there are none.
  EXPECT_NE(utilization.status(), ReadingStatus::ok);
}

TEST_F(IntelManagement, TellsTheMemorysClockAndTraffic) {
  zes().frequencies = {{1, 2'375, 2'400}};
  zes().memories = {{1, 0, 0, 400'000'000'000, 1'000'000}, {0, 99, 99, 1, 1}};
  (void)slow_sample();
  zes().memories[0] = {1, 60'000'000'000, 40'000'000'000, 400'000'000'000, 2'000'000};

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::clock_memory), megahertz(2'375));
  EXPECT_EQ(*readings.get(metric::clock_memory_max), megahertz(2'400));
  EXPECT_EQ(*readings.get(metric::memory_bandwidth), ratio(0.25));
}

TEST_F(IntelManagement, FillsOnlyWhatTheFilesLack) {
  tree_.remove(hwmon_ / "temp3_input").remove(hwmon_ / "in1_input");
  zes().sensors = {{1, 99.0}, {2, 61.5}, {0, 12.0}};
  zes().frequencies = {{0, 1'234, 2'850, 0.725, 0x8}};

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(54)) << "by the file";
  EXPECT_EQ(*readings.get(metric::temperature_memory), millicelsius(61'500));
  EXPECT_EQ(*readings.get(metric::voltage), Voltage{725'000});
  EXPECT_EQ(*readings.get(metric::throttle), TextList{}) << "by the file";
  EXPECT_EQ(*readings.get(metric::clock_graphics), megahertz(1'700)) << "by the file";
}

TEST_F(IntelManagement, TellsWhatThrottlesWhereNoFileDoes) {
  tree_.remove(card_ / "tile0/gt0/freq0/throttle").remove(card_ / "tile0/gt1/freq0/throttle");
  zes().frequencies = {{0, 1'234, 2'850, -1, 0x28}};

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::throttle), TextList{"thermal"});
  EXPECT_EQ(*readings.get(metric::throttle_raw), (TextList{"thermal_limit", "sw_range"}))
      << "0x8 and 0x20";
}

TEST_F(IntelManagement, DoesNotBelieveUnknownNumbers) {
  tree_.remove(hwmon_ / "temp3_input");
  zes().sensors = {{2, 1e300}};
  zes().frequencies = {{1, -1, -1}};

  const auto readings = slow_sample();

  EXPECT_FALSE(readings.get(metric::temperature_memory));
  EXPECT_FALSE(readings.get(metric::clock_memory));
}

TEST_F(IntelManagement, DoesNotBelieveEndlessLists) {
  script_->claimed_count = 0xFFFFFFFF;

  EXPECT_FALSE(slow_sample().get(metric::utilization));
}

TEST_F(IntelManagement, IsNotStartedByQuickReadings) {
  (void)sample();

  EXPECT_FALSE(was_started());
}

TEST_F(IntelManagement, IsNotStartedWhileAnyDeviceSleeps) {
  const Path npu = add_npu("suspended");
  const std::size_t gpu = 1;

  (void)slow_sample(gpu);
  EXPECT_FALSE(was_started()) << "it would wake the NPU";

  tree_.file(npu / "power/runtime_status", "active\n");
  (void)slow_sample(gpu);
  EXPECT_TRUE(was_started());
}

TEST_F(IntelManagement, IsNotAskedAboutADeviceThatSleeps) {
  zes().engines = {{0, 0, 0}};
  (void)slow_sample();
  tree_.file(card_ / "power/runtime_status", "suspended\n");
  script_->calls.clear();

  EXPECT_EQ(slow_sample().get(metric::utilization).status(), ReadingStatus::asleep);
  EXPECT_TRUE(script_->calls.empty());
}

TEST_F(IntelManagement, LeavesTheFilesReadingsWhereItCannotStart) {
  script_->results["zesInit"] = 0x78000001;

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(54));
  EXPECT_TRUE(was_started());
}

TEST_F(IntelManagement, HasNothingToSayOfACardThatItDoesNotList) {
  zes().bus = 9;

  const auto readings = slow_sample();

  EXPECT_FALSE(readings.get(metric::clock_memory));
  EXPECT_EQ(*readings.get(metric::temperature), celsius(54));
}

TEST(ZesThrottle, HasTheNamesOfAllVendors) {
  EXPECT_EQ(zes_throttle_reasons(0x01), TextList{"power_limit"});
  EXPECT_EQ(zes_throttle_reasons(0x04), TextList{"current_limit"});
  EXPECT_EQ(zes_throttle_reasons(0x08), TextList{"thermal"});
  EXPECT_EQ(zes_throttle_reasons(0x20), TextList{});
  EXPECT_EQ(zes_throttle_reasons(0x40), TextList{});
  EXPECT_EQ(zes_throttle_reasons(0x1 | 0x2 | 0x10 | 0x200), TextList{"power_limit"});
  EXPECT_EQ(zes_throttle_reasons(0x80000000 | 0x100), (TextList{"thermal", "other"}));
  EXPECT_EQ(zes_throttle_names(0x80000009), (TextList{"ave_pwr_cap", "thermal_limit", "bit_31"}));
}

}  // namespace
}  // namespace accel::intel
