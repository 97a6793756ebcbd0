// From readings to what the screen shows.
#include "cli/top/take.hpp"

#include <gtest/gtest.h>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

class Take : public ::testing::Test {
 protected:
  Take() {
    info_.global_index = 3;
    info_.vendor = "AMD";
    info_.uuid = "PCI-0000:03:00.0";
    info_.model = std::string("Radeon");
    sample_.info = &info_;
  }
  [[nodiscard]] Sample taken() const {
    Sample sample;
    take({&sample_, 1}, sample);
    return sample;
  }
  [[nodiscard]] DeviceRow row() const { return taken().devices.at(0); }

  AcceleratorInfo info_;
  DeviceSample sample_;
};

TEST_F(Take, ConvertsToTheUnitsThatPeopleUse) {
  sample_.readings.set(metric::utilization, Reading<Ratio>(percent(83)));
  sample_.readings.set(metric::power, Reading<Power>(milliwatts(33'500)));
  sample_.readings.set(metric::temperature, Reading<Temperature>(celsius(64)));
  sample_.readings.set(metric::memory_used, Reading<Bytes>(mebibytes(512)));

  EXPECT_DOUBLE_EQ(row()[Gauge::busy].value, 0.83);
  EXPECT_DOUBLE_EQ(row()[Gauge::power].value, 33.5);
  EXPECT_DOUBLE_EQ(row()[Gauge::temperature].value, 64);
  EXPECT_DOUBLE_EQ(row()[Gauge::memory_used].value, 512.0 * 1024 * 1024);
}

TEST_F(Take, KeepsTheReasonWhyThereIsNoValue) {
  sample_.readings.set(metric::power,
                       Reading<Power>(Absence{ReadingStatus::no_permission, "power1_average", ""}));

  EXPECT_EQ(row()[Gauge::power].status, ReadingStatus::no_permission);
  EXPECT_FALSE(row()[Gauge::power].is_known());
  EXPECT_EQ(row()[Gauge::busy].status, ReadingStatus::unsupported) << "nobody spoke about it";
}

TEST_F(Take, ShowsTheFastestFan) {
  sample_.readings.set(metric::fan_speed, Reading<Ratio>(percent(30)), 0);
  sample_.readings.set(metric::fan_speed, Reading<Ratio>(percent(70)), 1);
  sample_.readings.set(metric::fan_speed, Reading<Ratio>(Absence{ReadingStatus::error, "fan3", ""}),
                       2);

  EXPECT_DOUBLE_EQ(row()[Gauge::fan].value, 0.7);
}

TEST_F(Take, ClockIsThatOfTheEnginesThatTheDeviceHas) {
  sample_.readings.set(metric::clock_graphics,
                       Reading<Frequency>(Absence{ReadingStatus::unsupported, "", ""}));
  sample_.readings.set(metric::clock_npu, Reading<Frequency>(megahertz(1400)));

  EXPECT_DOUBLE_EQ(row()[Gauge::clock].value, 1.4e9);
}

TEST_F(Take, ShowsWhatGoesOverTheBus) {
  sample_.readings.set(metric::pcie_rx, Reading<ByteRate>(ByteRate{512}));

  EXPECT_DOUBLE_EQ(row()[Gauge::pcie_rx].value, 512);
  EXPECT_FALSE(row()[Gauge::pcie_tx].is_known());
}

TEST_F(Take, TellsNoThrottlingFromNotKnowing) {
  EXPECT_NE(row().throttle_status, ReadingStatus::ok);
  sample_.readings.set(metric::throttle, Reading<TextList>(TextList{}));
  EXPECT_EQ(row().throttle_status, ReadingStatus::ok);
  EXPECT_TRUE(row().throttle.empty());
}

TEST_F(Take, ProgramsComeWithTheirDevice) {
  AcceleratorProcess process;
  process.pid = 42;
  process.name = std::string("train");
  process.memory = mebibytes(1);
  sample_.processes = ProcessList{{process}};

  const Sample sample = taken();
  ASSERT_EQ(sample.programs.size(), 1U);
  EXPECT_EQ(sample.programs[0].device, 0U);
  EXPECT_EQ(sample.programs[0].name, "train");
  EXPECT_EQ(sample.programs[0].busy.status, ReadingStatus::unsupported);
}

TEST_F(Take, SaysWhyProgramsAreNotTold) {
  sample_.processes = Error{Errc::operation_not_supported, "does not tell", "", {}};

  EXPECT_EQ(row().no_programs, "does not tell");
}

TEST_F(Take, AnythingPendingWantsAnotherSample) {
  EXPECT_FALSE(is_pending(taken()));
  sample_.readings.set(metric::utilization,
                       Reading<Ratio>(Absence{ReadingStatus::pending, "first sample", ""}));
  EXPECT_TRUE(is_pending(taken()));
}

}  // namespace
}  // namespace accel::cli::top
