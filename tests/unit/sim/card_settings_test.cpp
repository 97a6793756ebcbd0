// What is written to the files of a card has the effect, and meets the errors, of the kernel's.
#include <gtest/gtest.h>

#include <cerrno>

#include "unit/sim/card_node.hpp"

namespace accel::sim {
namespace {

using testing::arc;
using testing::CardNode;
using testing::instinct;
using testing::radeon;

constexpr const char* kCap = "hwmon/hwmon2/power1_cap";
constexpr const char* kLevel = "power_dpm_force_performance_level";
constexpr const char* kClocks = "pp_od_clk_voltage";
constexpr const char* kCurve = "gpu_od/fan_ctrl/fan_curve";

class RadeonSettings : public ::testing::Test {
 protected:
  CardNode node_{radeon("high = 1.0")};
};

TEST_F(RadeonSettings, CapPowerInWholeWattsWithinTheLimits) {
  node_.pass(30);
  EXPECT_EQ(node_.write(kCap, "250900000\n"), 0);
  EXPECT_EQ(node_.read(kCap), "250000000\n");
  node_.pass(30);
  EXPECT_LE(node_.number("hwmon/hwmon2/power1_average"), 250'000'000);
  EXPECT_LT(node_.number("hwmon/hwmon2/freq1_input"), 2'500'000'000);

  EXPECT_EQ(node_.write(kCap, "150000000"), EINVAL);
  EXPECT_EQ(node_.write(kCap, "401000000"), EINVAL);
  EXPECT_EQ(node_.write(kCap, "much"), EINVAL);
  EXPECT_EQ(node_.write(kCap, "-1"), EINVAL);
  EXPECT_EQ(node_.write(kCap, "99999999999"), ERANGE);
  EXPECT_EQ(node_.write(kCap, "0"), 0) << "keeps what is set";
  EXPECT_EQ(node_.read(kCap), "250000000\n");
}

TEST_F(RadeonSettings, LeaveAloneWhatIsForReading) {
  EXPECT_EQ(node_.write("gpu_busy_percent", "1"), EACCES);
  EXPECT_EQ(node_.write("vendor", "0x10de"), EACCES);
  EXPECT_EQ(node_.write("hwmon/hwmon2/power1_cap_max", "999000000"), EACCES);
}

TEST_F(RadeonSettings, ForceALevel) {
  EXPECT_EQ(node_.write(kLevel, "low\n"), 0);
  EXPECT_EQ(node_.read(kLevel), "low\n");
  EXPECT_EQ(node_.read("hwmon/hwmon2/freq1_input"), "500000000\n");
  EXPECT_EQ(node_.read("hwmon/hwmon2/freq2_input"), "100000000\n");

  EXPECT_EQ(node_.write(kLevel, "fast"), EINVAL);
  EXPECT_EQ(node_.write(kLevel, "perf_determinism"), EINVAL) << "of MI200 and MI300";
  EXPECT_EQ(node_.write(kLevel, "profile_exit"), EINVAL) << "in no profile";
  EXPECT_EQ(node_.read(kLevel), "low\n");
  EXPECT_EQ(node_.write(kLevel, "profile_peak"), 0);
  EXPECT_EQ(node_.write(kLevel, "profile_exit"), 0);
  EXPECT_EQ(node_.read(kLevel), "auto\n");
}

TEST_F(RadeonSettings, TakeRowsOfClocksOnlyInLevelManual) {
  EXPECT_EQ(node_.write("pp_dpm_mclk", "0"), EINVAL);
  EXPECT_EQ(node_.write(kLevel, "manual"), 0);
  EXPECT_EQ(node_.write("pp_dpm_mclk", "0 1"), 0);
  EXPECT_EQ(node_.read("pp_dpm_mclk"), "0: 100Mhz \n1: 750Mhz *\n2: 1250Mhz \n");
  EXPECT_EQ(node_.write("pp_dpm_sclk", "0"), 0);
  EXPECT_EQ(node_.read("hwmon/hwmon2/freq1_input"), "500000000\n");
  EXPECT_EQ(node_.write("pp_dpm_sclk", "32"), EINVAL);
  EXPECT_EQ(node_.write("pp_dpm_sclk", "all"), EINVAL);

  EXPECT_EQ(node_.write("pp_power_profile_mode", "5"), 0);
  EXPECT_NE(node_.read("pp_power_profile_mode").find("COMPUTE*:"), std::string::npos);
  EXPECT_EQ(node_.write("pp_power_profile_mode", "9"), EINVAL);
}

TEST(ProcessorSettings, TakeARangeOfClocksInLevelManualAlone) {
  CardNode node(testing::ryzen_ai());
  EXPECT_EQ(node.write(kClocks, "s 1 2000"), EINVAL) << "in level auto";
  EXPECT_EQ(node.write(kLevel, "manual"), 0);

  EXPECT_EQ(node.write(kClocks, "s 1 3000"), EINVAL) << "more than it was made for";
  EXPECT_EQ(node.write(kClocks, "s 0 700"), EINVAL);
  EXPECT_EQ(node.write(kClocks, "s 1 2000 0 900"), EINVAL) << "one end at a time";
  EXPECT_EQ(node.write(kClocks, "m 1 900"), EINVAL);
  EXPECT_EQ(node.write(kClocks, "vo -20"), EINVAL);
  EXPECT_EQ(node.write(kClocks, "s 1 2000\n"), 0);
  EXPECT_NE(node.read(kClocks).find("1:       2000Mhz"), std::string::npos);
  node.pass(5);
  EXPECT_GT(node.number("hwmon/hwmon2/freq1_input"), 2'000'000'000) << "not committed";
  EXPECT_EQ(node.write(kClocks, "c"), 0);
  node.pass(5);
  EXPECT_LE(node.number("hwmon/hwmon2/freq1_input"), 2'000'000'000);

  EXPECT_EQ(node.write(kClocks, "s 0 2500"), 0);
  EXPECT_EQ(node.write(kClocks, "c"), EINVAL) << "the ends cross";
}

TEST(ProcessorSettings, AreNoneOfPowerFansOrRows) {
  CardNode node(testing::ryzen_ai());
  EXPECT_EQ(node.write(kCap, "20000000"), EACCES);
  EXPECT_EQ(node.write("hwmon/hwmon2/pwm1", "128"), EACCES);
  EXPECT_EQ(node.write(kCurve, "0 40 20"), EACCES);
  EXPECT_EQ(node.write(kLevel, "manual"), 0);
  EXPECT_EQ(node.write("pp_dpm_sclk", "0"), EINVAL);
  EXPECT_EQ(node.write("pp_dpm_mclk", "0"), EINVAL);
}

TEST(RadeonClocks, AreStagedUntilTheyAreCommitted) {
  CardNode node(radeon("high = 0.3"));

  EXPECT_EQ(node.write(kClocks, "s 1 2000\n"), 0);
  EXPECT_NE(node.read(kClocks).find("1: 2000Mhz\n"), std::string::npos) << "reads what is staged";
  node.pass(1);
  EXPECT_EQ(node.read("hwmon/hwmon2/freq1_input"), "2500000000\n");

  EXPECT_EQ(node.write(kClocks, "c\n"), 0);
  node.pass(1);
  EXPECT_EQ(node.read("hwmon/hwmon2/freq1_input"), "2000000000\n");

  EXPECT_EQ(node.write(kClocks, "vo -80"), 0);
  EXPECT_NE(node.read(kClocks).find("OD_VDDGFX_OFFSET:\n-80mV\n"), std::string::npos);
  EXPECT_EQ(node.write(kClocks, "r"), 0);
  node.pass(1);
  EXPECT_EQ(node.read("hwmon/hwmon2/freq1_input"), "2500000000\n");
  EXPECT_NE(node.read(kClocks).find("OD_VDDGFX_OFFSET:\n0mV\n"), std::string::npos);
}

TEST_F(RadeonSettings, RefuseClocksThatMakeNoSense) {
  EXPECT_EQ(node_.write(kClocks, "s 1 400"), EINVAL) << "below the range";
  EXPECT_EQ(node_.write(kClocks, "s 1 9000"), EINVAL);
  EXPECT_EQ(node_.write(kClocks, "s 2 2000"), EINVAL) << "no such row";
  EXPECT_EQ(node_.write(kClocks, "s 1"), EINVAL);
  EXPECT_EQ(node_.write(kClocks, "vo 10"), EINVAL);
  EXPECT_EQ(node_.write(kClocks, "x"), EINVAL);
  EXPECT_EQ(node_.write(kClocks, ""), EINVAL);
  EXPECT_EQ(node_.write(kClocks, "s 1 2000" + std::string(200, ' ')), EINVAL) << "too long";
  EXPECT_EQ(node_.write(kClocks, "s 1 1000"), 0);
  EXPECT_EQ(node_.write(kClocks, "s 0 1500"), EINVAL) << "above the highest";
}

TEST_F(RadeonSettings, DriveTheFanByHandOnlyInModeManual) {
  EXPECT_EQ(node_.write("hwmon/hwmon2/pwm1", "200"), EINVAL);
  EXPECT_EQ(node_.write("hwmon/hwmon2/fan1_target", "2000"), ENODATA);
  EXPECT_EQ(node_.write("hwmon/hwmon2/pwm1_enable", "3"), EINVAL);
  EXPECT_EQ(node_.write("hwmon/hwmon2/pwm1_enable", "1"), 0);
  EXPECT_EQ(node_.write("hwmon/hwmon2/pwm1", "204"), 0);
  node_.pass(60);
  EXPECT_NEAR(static_cast<double>(node_.number("hwmon/hwmon2/pwm1")), 204, 3);
  EXPECT_NEAR(static_cast<double>(node_.number("hwmon/hwmon2/fan1_input")), 2560, 40);
  EXPECT_EQ(node_.read("hwmon/hwmon2/fan1_enable"), "1\n");
  EXPECT_EQ(node_.write("hwmon/hwmon2/pwm1_enable", "2"), 0);
  EXPECT_EQ(node_.read("hwmon/hwmon2/fan1_enable"), "0\n");
}

TEST_F(RadeonSettings, FollowACurveOnceItIsCommitted) {
  for (int point = 0; point < 5; ++point) {
    const std::string text = std::to_string(point) + ' ' + std::to_string(30 + 10 * point) + " 80";
    EXPECT_EQ(node_.write(kCurve, text), 0) << text;
  }
  node_.pass(60);
  EXPECT_LT(node_.number("hwmon/hwmon2/pwm1"), 190) << "staged only";
  EXPECT_EQ(node_.write(kCurve, "c"), 0);
  node_.pass(60);
  EXPECT_NEAR(static_cast<double>(node_.number("hwmon/hwmon2/pwm1")), 204, 3);

  EXPECT_EQ(node_.write("gpu_od/fan_ctrl/fan_target_temperature", "80"), 0);
  EXPECT_EQ(node_.write("gpu_od/fan_ctrl/fan_target_temperature", "c"), 0);
  EXPECT_NE(node_.read(kCurve).find("0: 0C 0%\n"), std::string::npos) << "ended the curve";

  EXPECT_EQ(node_.write(kCurve, "5 60 50"), EINVAL);
  EXPECT_EQ(node_.write(kCurve, "0 60 5"), EINVAL);
  EXPECT_EQ(node_.write(kCurve, "0 10 50"), EINVAL);
  EXPECT_EQ(node_.write("gpu_od/fan_ctrl/fan_minimum_pwm", "101"), EINVAL);
}

TEST_F(RadeonSettings, WakeWhatSleeps) {
  CardNode node(radeon("high = 0.5", "suspended = true\n"));

  EXPECT_EQ(node.write("power/control", "off"), EINVAL);
  EXPECT_EQ(node.read("power/runtime_status"), "suspended\n");
  EXPECT_EQ(node.write("power/control", "on\n"), 0);
  EXPECT_EQ(node.read("power/runtime_status"), "active\n");
  EXPECT_EQ(node.read("power/control"), "on\n");
  EXPECT_EQ(node.card().gpu.wake_count, 1U);
}

TEST(InstinctSettings, DivideAnIdleGpu) {
  CardNode node(instinct());
  const auto nodes = [&] {
    int count = 0;
    while (node.has("/sys/class/kfd/kfd/topology/nodes/" + std::to_string(count))) ++count;
    return count;
  };
  EXPECT_EQ(nodes(), 3) << "the processors and two GPUs";

  EXPECT_EQ(node.write("current_compute_partition", "CPX\n"), 0);
  EXPECT_EQ(node.read("current_compute_partition"), "CPX\n");
  EXPECT_EQ(nodes(), 10);
  for (int k = 0; k < 8; ++k) {
    const std::string properties =
        node.read("/sys/class/kfd/kfd/topology/nodes/" + std::to_string(k + 1) + "/properties");
    const std::string own = std::to_string(128 + k);
    EXPECT_NE(properties.find("drm_render_minor " + own + "\n"), std::string::npos) << properties;
    EXPECT_TRUE(node.has("/dev/dri/renderD" + own));
  }
  EXPECT_EQ(node.read("gpu_metrics").substr(338, 2), std::string("\x08\x00", 2));
  EXPECT_EQ(node.write("current_compute_partition", "TPX"), EINVAL);
  EXPECT_EQ(node.write("current_compute_partition", "SPX"), 0);
  EXPECT_EQ(nodes(), 3);
}

TEST(InstinctSettings, LeaveAGpuInUseWhole) {
  CardNode node(instinct() + "[[process]]\nname = \"python3\"\ncards = [0]\n");

  EXPECT_EQ(node.write("current_compute_partition", "CPX"), EBUSY);
  EXPECT_EQ(node.write("current_compute_partition", "SPX"), 0);
  EXPECT_EQ(node.write("current_compute_partition", "CPX", 1), 0);
}

TEST(InstinctSettings, EditClocksOnlyInLevelsForThat) {
  CardNode node(instinct());

  EXPECT_EQ(node.write(kClocks, "s 1 1500"), EINVAL);
  EXPECT_EQ(node.write(kLevel, "perf_determinism"), 0);
  EXPECT_EQ(node.write(kClocks, "s 1 1500"), 0);
  EXPECT_EQ(node.write(kClocks, "c"), 0);
  node.pass(1);
  EXPECT_EQ(node.read("hwmon/hwmon2/freq1_input"), "1500000000\n");
  EXPECT_EQ(node.read(kClocks).find("OD_RANGE"), std::string::npos);
}

TEST(IntelSettings, LimitClocksWithinWhatTheHardwareCan) {
  CardNode node(arc());
  const std::string gt = "tile0/gt0/freq0/";

  EXPECT_EQ(node.write(gt + "max_freq", "1500\n"), 0);
  node.pass(1);
  EXPECT_EQ(node.read(gt + "max_freq"), "1500\n");
  EXPECT_EQ(node.read(gt + "act_freq"), "1500\n");
  EXPECT_EQ(node.write(gt + "max_freq", "300"), EINVAL);
  EXPECT_EQ(node.write(gt + "max_freq", "3000"), EINVAL);
  EXPECT_EQ(node.write(gt + "rp0_freq", "3000"), EACCES);
  EXPECT_EQ(node.write(gt + "power_profile", "power_saving"), 0);
  EXPECT_EQ(node.read(gt + "power_profile"), "base    [power_saving]\n");
  EXPECT_EQ(node.write(gt + "power_profile", "turbo"), EINVAL);
}

TEST(IntelSettings, OfI915KeepTheLowestBelowTheHighest) {
  CardNode node(arc("i915"));
  const std::string card = "drm/card0/gt/gt0/";

  EXPECT_EQ(node.write(card + "rps_max_freq_mhz", "1000"), 0);
  EXPECT_EQ(node.write(card + "rps_min_freq_mhz", "1200"), EINVAL);
  EXPECT_EQ(node.write("drm/card0/gt_min_freq_mhz", "800"), 0);
  EXPECT_EQ(node.read(card + "rps_min_freq_mhz"), "800\n");
  EXPECT_EQ(node.write(card + "rps_max_freq_mhz", "700"), EINVAL);
}

TEST(IntelSettings, CutPowerLimitsWithoutAWord) {
  CardNode node(arc("i915"));

  EXPECT_EQ(node.write("hwmon/hwmon2/power1_max", "999000000"), 0);
  EXPECT_EQ(node.read("hwmon/hwmon2/power1_max"), "190000000\n");
  EXPECT_EQ(node.write("hwmon/hwmon2/power1_max", "100000000"), 0);
  EXPECT_EQ(node.read("hwmon/hwmon2/power1_max"), "100000000\n");
  EXPECT_EQ(node.write("hwmon/hwmon2/power1_max", "0"), 0);
  EXPECT_EQ(node.read("hwmon/hwmon2/power1_max"), "0\n") << "off";
}

}  // namespace
}  // namespace accel::sim
