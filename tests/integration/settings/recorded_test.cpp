// Settings of recorded cards, written with real write(2) to a file system that answers as the
// kernel's drivers do and keeps what was written: each alone, and a whole configuration at once.
#include "base/dir.hpp"
#include "integration/settings/recorded_card.hpp"

namespace accel::testing {
namespace {

using namespace setpoint;  // NOLINT(google-build-using-namespace): the words of these tests
using std::string_literals::operator""s;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(RecordedCard, OfRdna3TakesEachSettingAlone) {
  ACCEL_SERVE("amd", "rx7900xtx");
  EXPECT_THAT(written(power_limit_w, 270.9), ElementsAre("power1_cap 270000000"));
  EXPECT_THAT(after_reset(power_limit_w), ElementsAre("power1_cap 290000000"));
  EXPECT_THAT(written(sm_clock_mhz, 1500.0),
              ElementsAre("pp_od_clk_voltage s 0 1500", "pp_od_clk_voltage c",
                          "pp_od_clk_voltage s 1 1500", "pp_od_clk_voltage c"));
  EXPECT_THAT(written(sm_clock_mhz, NumberSpan{2000, 2800}),
              ElementsAre("pp_od_clk_voltage s 1 2800", "pp_od_clk_voltage c",
                          "pp_od_clk_voltage s 0 2000", "pp_od_clk_voltage c"))
      << "the highest first going up";
  EXPECT_THAT(written(fan_percent, 3.0),
              ElementsAre("fan_curve 0 25 15", "fan_curve 1 43 15", "fan_curve 2 62 15",
                          "fan_curve 3 81 15", "fan_curve 4 100 15", "fan_curve c"));
  EXPECT_THAT(written(temp_target_c, 70.0),
              ElementsAre("fan_curve r", "fan_target_temperature 70", "fan_target_temperature c"))
      << "the curve would end";
  EXPECT_THAT(written(mem_clock_mhz, 772.0),
              ElementsAre("power_dpm_force_performance_level manual", "pp_dpm_mclk 2"));
  EXPECT_THAT(written(power_profile, "VR"s), ElementsAre("pp_power_profile_mode 4"));
  EXPECT_THAT(written(performance_level, "auto"s),
              ElementsAre("pp_dpm_sclk 0 1", "pp_dpm_mclk 0 1 2 3",
                          "power_dpm_force_performance_level auto"));
}

TEST_F(RecordedCard, OfRdna3TakesAWholeConfigurationInTheSafeOrder) {
  ACCEL_SERVE("amd", "rx7900xtx");
  EXPECT_THAT(
      written({{&mem_clock_mhz, 1249.0},
               {&power_limit_w, 300.0},
               {&fan_curve, FanCurve{{{30, 20}, {50, 30}, {70, 50}, {85, 80}, {95, 100}}}},
               {&temp_target_c, 75.0},
               {&performance_level, "manual"s},
               {&power_profile, "COMPUTE"s},
               {&sm_clock_mhz, NumberSpan{600, 2600}}}),
      ElementsAre("pp_od_clk_voltage s 0 600", "pp_od_clk_voltage c", "pp_od_clk_voltage s 1 2600",
                  "pp_od_clk_voltage c", "power_dpm_force_performance_level manual",
                  "pp_power_profile_mode 5", "fan_target_temperature 75",
                  "fan_target_temperature c", "fan_curve 0 30 20", "fan_curve 1 50 30",
                  "fan_curve 2 70 50", "fan_curve 3 85 80", "fan_curve 4 95 100", "fan_curve c",
                  "power1_cap 300000000", "power_dpm_force_performance_level manual",
                  "power_dpm_force_performance_level manual", "pp_dpm_mclk 3"));
}

TEST_F(RecordedCard, OfRdna4TakesAnOffsetOfItsClock) {
  ACCEL_SERVE("amd", "rx9070xt");
  EXPECT_THAT(written(gpu_clock_offset_mhz, -200.0),
              ElementsAre("pp_od_clk_voltage s -200", "pp_od_clk_voltage c"));
  EXPECT_THAT(after_reset(gpu_clock_offset_mhz),
              ElementsAre("pp_od_clk_voltage s 0", "pp_od_clk_voltage c"));
  EXPECT_THAT(written(fan_zero_rpm, true),
              ElementsAre("fan_zero_rpm_enable 1", "fan_zero_rpm_enable c"));
  EXPECT_EQ(written(fan_percent, 50.0).front(), "fan_zero_rpm_enable 0");
  EXPECT_THAT(written(gpu_clock_offset_mhz, 2000.0), ElementsAre(HasSubstr("allowed -500..1000")));
}

TEST_F(RecordedCard, OfRdna2HasAFanOfTheDriver) {
  ACCEL_SERVE("amd", "rx6900xt");
  EXPECT_THAT(written(fan_percent, 75.0), ElementsAre("pwm1_enable 1", "pwm1 191"));
  EXPECT_THAT(after_reset(fan_percent), ElementsAre("pwm1_enable 2"));
  EXPECT_THAT(written(sm_clock_mhz, NumberSpan{800, 2800}),
              ElementsAre("pp_od_clk_voltage s 1 2800", "pp_od_clk_voltage c",
                          "pp_od_clk_voltage s 0 800", "pp_od_clk_voltage c"));
}

TEST_F(RecordedCard, OfPolarisTakesRowsInLevelManual) {
  ACCEL_SERVE("amd", "rx580");
  EXPECT_THAT(written(sm_clock_mhz, NumberSpan{900, 1215}),
              ElementsAre("power_dpm_force_performance_level manual", "pp_dpm_sclk 2 3 4"));
  EXPECT_TRUE(knob("pp_od_clk_voltage s 7", "1400"));
  EXPECT_EQ(sysfs_->taken().at(2), "pp_od_clk_voltage s 7 1400 1150") << "the voltage stays";
}

TEST_F(RecordedCard, OfAMobileChipTakesARangeInLevelManual) {
  ACCEL_SERVE("amd", "phoenix");
  EXPECT_THAT(
      written(sm_clock_mhz, 1200.0),
      ElementsAre("power_dpm_force_performance_level manual", "pp_od_clk_voltage s 0 1200",
                  "pp_od_clk_voltage c", "pp_od_clk_voltage s 1 1200", "pp_od_clk_voltage c"));
}

TEST_F(RecordedCard, OfI915TakesARangeAndALimit) {
  ACCEL_SERVE("intel", "a380-i915");
  EXPECT_THAT(
      written(sm_clock_mhz, NumberSpan{600, 1500}),
      ElementsAre("rps_min_freq_mhz 600", "rps_max_freq_mhz 1500", "rps_boost_freq_mhz 1500"));
  EXPECT_THAT(
      written(sm_clock_mhz, 2000.0),
      ElementsAre("rps_max_freq_mhz 2000", "rps_min_freq_mhz 2000", "rps_boost_freq_mhz 2000"))
      << "the highest first going up";
  EXPECT_THAT(written(power_limit_w, 45.0), ElementsAre("power1_max 45000000"));
  EXPECT_THAT(written(power_limit_w, 500.0),
              ElementsAre(HasSubstr("is 190000000 instead of 500000000")));
}

TEST_F(RecordedCard, OfXeTakesAWholeConfiguration) {
  ACCEL_SERVE("intel", "b580");
  EXPECT_THAT(written({{&fan_percent, 50.0},
                       {&power_limit_w, 150.0},
                       {&sm_clock_mhz, NumberSpan{600, 2000}},
                       {&power_profile, "power_saving"s}}),
              ElementsAre("power_profile power_saving", "min_freq 600", "max_freq 2000",
                          "pwm1_enable 1", "pwm1 128", "pwm2_enable 1", "pwm2 128", "pwm3_enable 1",
                          "pwm3 128", "power1_cap 150000000"));
}

TEST_F(RecordedCard, RefusesAsItsDriverDoes) {
  ACCEL_SERVE("amd", "rx7900xtx");
  EXPECT_EQ(knob("hwmon/power1_cap", "999000000").error().code, Errc::invalid_argument);
  EXPECT_EQ(knob("pp_dpm_mclk", "0").error().code, Errc::invalid_argument) << "in level auto";
  EXPECT_EQ(knob("pp_od_clk_voltage s 0", "4000").error().code, Errc::invalid_argument)
      << "above the highest";
  errors_.refuse("power1_cap", EBUSY);
  EXPECT_EQ(knob("hwmon/power1_cap", "300000000").error().code, Errc::unavailable);
  errors_.refuse("power1_cap", EPERM);
  EXPECT_EQ(knob("hwmon/power1_cap", "300000000").error().code, Errc::permission_denied);
  EXPECT_THAT(sysfs_->taken(), IsEmpty());
  EXPECT_EQ(sysfs_->writes().size(), 5U) << "each was asked once";
}

TEST_F(RecordedCard, IsNotWrittenWhereAFileIsForReadingOnly) {
  ACCEL_SERVE("amd", "rx7900xtx");
  sysfs_->change("/sys/class/drm/card0/device/pp_dpm_mclk",
                 [](ServedFile& file) { file.mode = 0444; });
  EXPECT_THAT(written(mem_clock_mhz, 96.0),
              ElementsAre(HasSubstr("pp_dpm_mclk is for reading only")));
  EXPECT_EQ(knob("pp_dpm_mclk", "0").error().code, Errc::permission_denied) << "even to root";
}

TEST_F(RecordedCard, TellsOfAValueOfWhichOnlyAPartWasTaken) {
  ACCEL_SERVE("amd", "rx7900xtx");
  errors_.cut("power_dpm_force_performance_level", 2);
  const auto done = base::write_file(
      sysfs_->root() + "/sys/class/drm/card0/device/power_dpm_force_performance_level", "manual");
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("took only a part of the value"));
}

TEST_F(RecordedCard, LeavesNoFolderAndNoMountBehind) {
  ACCEL_SERVE("amd", "rx7900xtx");
  const std::string root = sysfs_->root();
  system_.reset();
  sysfs_.reset();
  EXPECT_FALSE(std::filesystem::exists(root));
  const auto mounts = base::read_file("/proc/self/mounts");
  ASSERT_TRUE(mounts);
  EXPECT_EQ(mounts->find(root), std::string::npos);
}

}  // namespace
}  // namespace accel::testing
