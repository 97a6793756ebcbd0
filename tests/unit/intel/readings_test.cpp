// Every reading of a GPU: its value in base units, with its source, and its absence with a reason.
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

TEST_F(IntelTest, ReadsClocksOfTheRenderAndTheMediaGt) {
  add_xe_card();

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::clock_graphics), megahertz(1'700));
  EXPECT_EQ(*readings.get(metric::clock_graphics_max), megahertz(2'850));
  EXPECT_EQ(*readings.get(metric::clock_graphics_min), megahertz(400));
  EXPECT_EQ(*readings.get(metric::clock_graphics_locked_min), megahertz(500));
  EXPECT_EQ(*readings.get(metric::clock_graphics_locked_max), megahertz(2'850));
  EXPECT_EQ(*readings.get(metric::clock_video), megahertz(900));
  EXPECT_EQ(*readings.get(metric::clock_video_max), megahertz(1'500));
  EXPECT_EQ(readings.get(metric::clock_memory).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(readings.get(metric::clock_graphics).source().ends_with("gt0/freq0/act_freq"));
}

TEST_F(IntelTest, ReadsTheClocksOfI915) {
  add_i915_integrated();

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::clock_graphics), megahertz(1'300));
  EXPECT_EQ(*readings.get(metric::clock_video), megahertz(700)) << "gt1 of a processor is media";
  EXPECT_EQ(*readings.get(metric::clock_graphics_locked_max), megahertz(2'000));
}

TEST_F(IntelTest, ReadsTheClockOfAnI915WithoutFoldersOfGts) {
  const Path gpu = add_i915_integrated();
  tree_.remove(gpu / "drm/card0/gt")
      .file(gpu / "drm/card0/gt_act_freq_mhz", "600\n")
      .file(gpu / "drm/card0/gt_RP0_freq_mhz", "2450\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::clock_graphics), megahertz(600));
  EXPECT_EQ(*readings.get(metric::clock_graphics_max), megahertz(2'450));
  EXPECT_EQ(readings.get(metric::clock_graphics_min).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::throttle).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::awake).status(), ReadingStatus::unsupported);
}

TEST_F(IntelTest, TakesASleepingGtsClockAsItStands) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/act_freq", "0\n");

  EXPECT_EQ(*sample().get(metric::clock_graphics), hertz(0));
}

TEST_F(IntelTest, ShowsTheFastestOfSeveralTiles) {
  const Path card = add_xe_card();
  add_xe_gt(card / "tile1/gt0", "gt0-rc", "2100", "2850");

  EXPECT_EQ(*sample().get(metric::clock_graphics), megahertz(2'100));
}

TEST_F(IntelTest, NeverReadsTheAchievableClock) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/rpa_freq", "627200\n");

  const auto readings = sample();
  for (const auto& entry : readings.entries()) {
    EXPECT_EQ(entry.reading.source().find("rpa_freq"), std::string::npos);
    if (!entry.reading) continue;
    const auto* number = std::get_if<std::int64_t>(&*entry.reading);
    EXPECT_TRUE(number == nullptr || *number != std::int64_t{627'200} * 1'000'000);
  }
}

TEST_F(IntelTest, ReadsTheSensorsByTheirLabels) {
  add_xe_card();
  tree_.file(hwmon_ / "temp6_input", "52000\n")
      .file(hwmon_ / "temp6_label", "vram_ch_0\n")
      .file(hwmon_ / "temp4_input", "55000\n")
      .file(hwmon_ / "temp4_label", "mctrl\n")
      .file(hwmon_ / "temp5_input", "58000\n")
      .file(hwmon_ / "temp5_label", "pcie\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(54));
  EXPECT_EQ(*readings.get(metric::temperature_limit_critical), celsius(100));
  EXPECT_EQ(*readings.get(metric::temperature_limit_shutdown), celsius(125));
  EXPECT_EQ(*readings.get(metric::temperature_memory), celsius(56));
  EXPECT_EQ(*readings.get(metric::temperature_limit_memory), celsius(105));
  EXPECT_EQ(*readings.get(metric::temperature_memory_channel, 0), celsius(52));
  EXPECT_EQ(*readings.get(metric::temperature_memory_controller), celsius(55));
  EXPECT_EQ(*readings.get(metric::temperature_pcie), celsius(58));
  EXPECT_EQ(*readings.get(metric::fan_rpm, 0), Rpm{1'116});
  EXPECT_EQ(*readings.get(metric::voltage), Voltage{735'000});
}

TEST_F(IntelTest, KnowsSensorsWithoutLabelsByTheirNumbers) {
  add_xe_card();
  tree_.remove(hwmon_ / "temp2_label").remove(hwmon_ / "temp3_label");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::temperature), celsius(54));
  EXPECT_EQ(*readings.get(metric::temperature_memory), celsius(56));
}

TEST_F(IntelTest, TakesOnlyTheHwmonOfTheDriver) {
  const Path card = add_xe_card();
  tree_.file(card / "hwmon/hwmon1/name", "nvme\n")
      .file(card / "hwmon/hwmon1/temp2_input", "31000\n");

  EXPECT_EQ(*sample().get(metric::temperature), celsius(54));
}

TEST_F(IntelTest, LacksTheSensorsOfAnIntegratedGpu) {
  add_i915_integrated();

  const auto readings = sample();

  for (const auto* row :
       {&metric::temperature.row, &metric::power.row, &metric::energy.row, &metric::power_limit.row,
        &metric::voltage.row, &metric::fan_speed.row, &metric::memory_total.row}) {
    const auto* entry = readings.find(*row);
    ASSERT_NE(entry, nullptr) << row->key;
    EXPECT_EQ(entry->reading.status(), ReadingStatus::unsupported) << row->key;
    EXPECT_FALSE(entry->reading.reason().empty()) << row->key;
  }
}

TEST_F(IntelTest, MeasuresPowerBetweenTwoSamples) {
  add_xe_card();

  const auto first = sample();
  tree_.file(hwmon_ / "energy1_input", "31000000\n").file(hwmon_ / "energy2_input", "20500000\n");
  const auto second = sample_after(1s);

  EXPECT_EQ(first.get(metric::power).status(), ReadingStatus::pending);
  EXPECT_EQ(*first.get(metric::energy), Energy{1'000'000});
  EXPECT_EQ(*second.get(metric::power), milliwatts(30'000));
  EXPECT_EQ(*second.get(metric::power_average), milliwatts(30'000));
  EXPECT_EQ(*second.get(metric::power_package), milliwatts(20'000));
  EXPECT_EQ(*second.get(metric::energy_package), Energy{20'500'000});
}

TEST_F(IntelTest, MeasuresNoPowerOverSleep) {
  const Path card = add_xe_card();

  (void)sample();
  tree_.file(hwmon_ / "energy1_input", "31000000\n")
      .file(card / "power/runtime_suspended_time", "101922\n");

  EXPECT_EQ(sample_after(1s).get(metric::power).status(), ReadingStatus::pending);
}

TEST_F(IntelTest, MeasuresThePackageWhereNothingCountsTheCard) {
  add_xe_card();
  tree_.file(hwmon_ / "energy1_input", "0\n");

  (void)sample();
  tree_.file(hwmon_ / "energy2_input", "20500000\n");
  const auto readings = sample_after(1s);

  EXPECT_EQ(*readings.get(metric::power), milliwatts(20'000));
  EXPECT_TRUE(readings.get(metric::power).source().ends_with("energy2_input"));
  EXPECT_EQ(*readings.get(metric::energy), Energy{20'500'000});
}

TEST_F(IntelTest, DoesNotTakeThePackageForTheCardWhereACounterFailsForOnce) {
  add_xe_card();
  (void)sample();
  tree_.file(hwmon_ / "energy1_input", "garbage\n").file(hwmon_ / "energy2_input", "20500000\n");

  const auto readings = sample_after(1s);

  EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::error);
  EXPECT_EQ(readings.get(metric::energy).status(), ReadingStatus::error);
  EXPECT_EQ(*readings.get(metric::power_package), milliwatts(20'000));
}

TEST_F(IntelTest, TakesTheFirstPowerLimitThatThereIs) {
  add_xe_card();
  tree_.remove(hwmon_ / "power1_max").file(hwmon_ / "power1_cap", "190000000\n");
  tree_.file(hwmon_ / "power2_max", "120000000\n").file(hwmon_ / "power1_crit", "380000000\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::power_limit), milliwatts(120'000));
  EXPECT_TRUE(readings.get(metric::power_limit).source().ends_with("power2_max"));
  EXPECT_EQ(*readings.get(metric::power_limit_enforced), milliwatts(120'000));
}

TEST_F(IntelTest, HasNoPowerLimitWhereItIsOff) {
  add_xe_card();
  tree_.file(hwmon_ / "power1_max", "0\n")
      .file(hwmon_ / "power1_cap", "150000000\n")
      .file(hwmon_ / "power1_rated_max", "0\n");

  const auto readings = sample();

  EXPECT_EQ(readings.get(metric::power_limit).status(), ReadingStatus::unsupported);
  EXPECT_NE(readings.get(metric::power_limit).reason().find("the limit is off"), std::string::npos);
  EXPECT_EQ(*readings.get(metric::power_limit_enforced), milliwatts(150'000));
  EXPECT_EQ(readings.get(metric::power_limit_default).status(), ReadingStatus::unsupported);
}

TEST_F(IntelTest, TellsHowLongItWasAwake) {
  const Path card = add_xe_card();

  EXPECT_EQ(sample().get(metric::awake).status(), ReadingStatus::pending);
  tree_.file(card / "tile0/gt0/gtidle/idle_residency_ms", "1600\n")
      .file(card / "tile0/gt1/gtidle/idle_residency_ms", "2000\n");

  const auto readings = sample_after(1s);

  EXPECT_DOUBLE_EQ(readings.get(metric::awake)->value, 0.4) << "the busier of the two";
  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::power_state).status(), ReadingStatus::unsupported)
      << "awake for more than 10 %, busy for nobody knows how much";
}

TEST_F(IntelTest, IsIdleWhenItSleptMostOfTheTime) {
  const Path card = add_xe_card();

  (void)sample();
  for (const char* gt : {"tile0/gt0", "tile0/gt1"}) {
    tree_.file(card / gt / "gtidle/idle_residency_ms", "1950\n");
  }

  EXPECT_EQ(sample_after(1s).get(metric::power_state).optional(), "Idle");
}

TEST_F(IntelTest, NamesWhatThrottlesOnAnyGt) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/throttle/status", "1\n")
      .file(card / "tile0/gt0/freq0/throttle/reason_vr_tdc", "1\n")
      .file(card / "tile0/gt1/freq0/throttle/status", "1\n")
      .file(card / "tile0/gt1/freq0/throttle/reason_thermal", "1\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::throttle), (TextList{"thermal", "current_limit"}));
  EXPECT_EQ(*readings.get(metric::throttle_raw), (TextList{"vr_tdc", "thermal"}));
}

TEST_F(IntelTest, PrefersTheFileThatNamesAllReasonsAtOnce) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/throttle/reasons", "pl1 p0_freq\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::throttle), TextList{"power_limit"});
  EXPECT_EQ(*readings.get(metric::throttle_raw), (TextList{"pl1", "p0_freq"}));
}

TEST_F(IntelTest, IsThrottledByNothing) {
  add_i915_integrated();

  EXPECT_EQ(*sample().get(metric::throttle), TextList{});
}

TEST_F(IntelTest, IsThrottledByWhatNoFileNames) {
  const Path gpu = add_i915_integrated();
  tree_.file(gpu / "drm/card0/gt/gt0/throttle_reason_status", "1\n");

  EXPECT_EQ(*sample().get(metric::throttle), TextList{"other"});
}

TEST_F(IntelTest, ReadsTheSizeOfMemoryFromSysfsWhereTheNodeMayNotBeAsked) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/physical_vram_size_bytes", "12884901888\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::memory_total), bytes(std::int64_t{12} << 30));
  EXPECT_EQ(readings.get(metric::memory_used).status(), ReadingStatus::unsupported);
  EXPECT_EQ(*info().memory, bytes(std::int64_t{12} << 30));
}

}  // namespace
}  // namespace accel::intel
