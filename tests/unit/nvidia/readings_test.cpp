#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaReadings : public NvidiaTest {};

TEST_F(NvidiaReadings, AreConvertedToBaseUnits) {
  add_gpu();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::utilization).optional(), percent(37));
  EXPECT_EQ(read.get(metric::utilization_memory_controller).optional(), percent(12));
  EXPECT_EQ(read.get(metric::utilization_decoder).optional(), percent(5));
  EXPECT_EQ(read.get(metric::memory_total).optional(), bytes(85899345920));
  EXPECT_EQ(read.get(metric::memory_used).optional(), bytes(4294967296));
  EXPECT_EQ(read.get(metric::memory_reserved).optional(), bytes(537395200));
  EXPECT_EQ(read.get(metric::temperature).optional(), celsius(65));
  EXPECT_EQ(read.get(metric::temperature_memory).optional(), celsius(58));
  EXPECT_EQ(read.get(metric::temperature_limit_slowdown).optional(), celsius(90));
  EXPECT_EQ(read.get(metric::temperature_limit_shutdown).optional(), celsius(95));
  EXPECT_EQ(read.get(metric::temperature_limit_critical).optional(), celsius(87));
  EXPECT_EQ(read.get(metric::temperature_margin).optional(), celsius(22));
  EXPECT_EQ(read.get(metric::power).optional(), milliwatts(250000));
  EXPECT_EQ(read.get(metric::power_average).optional(), milliwatts(249000));
  EXPECT_EQ(read.get(metric::power_instant).optional(), milliwatts(255000));
  EXPECT_EQ(read.get(metric::power_limit).optional(), milliwatts(300000));
  EXPECT_EQ(read.get(metric::power_limit_min).optional(), milliwatts(200000));
  EXPECT_EQ(read.get(metric::power_limit_max).optional(), milliwatts(700000));
  EXPECT_EQ(read.get(metric::energy).optional(), millijoules(5000));
  EXPECT_EQ(read.get(metric::clock_sm).optional(), megahertz(1530));
  EXPECT_EQ(read.get(metric::clock_memory).optional(), megahertz(877));
  EXPECT_EQ(read.get(metric::clock_sm_max).optional(), megahertz(1980));
  EXPECT_EQ(read.get(metric::pcie_speed).optional(), TransferRate{32'000'000'000});
  EXPECT_EQ(read.get(metric::pcie_width).optional(), Lanes{16});
  EXPECT_EQ(read.get(metric::pcie_replays).optional(), Count{7});
  EXPECT_EQ(read.get(metric::throttle_time_power).optional(), nanoseconds(1000));
  EXPECT_EQ(read.get(metric::ecc_corrected).optional(), Count{1});
  EXPECT_EQ(read.get(metric::ecc_uncorrected_lifetime).optional(), Count{4});
  EXPECT_EQ(read.get(metric::rows_remapped_corrected).optional(), Count{1});
}

TEST_F(NvidiaReadings, NameTheFunctionAndTheTimeTheyAreFrom) {
  add_gpu();

  const auto power = sample().get(metric::power);
  EXPECT_EQ(power.source(), "nvmlDeviceGetPowerUsage");
  EXPECT_EQ(power.time(), clock_->steady());
}

TEST_F(NvidiaReadings, SayWhatTheDriverAnsweredWhereThereIsNoValue) {
  add_gpu().power.reset();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::power).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::power).reason(), "nvmlDeviceGetPowerUsage: Not Supported");
  EXPECT_TRUE(read.get(metric::power_limit));
}

TEST_F(NvidiaReadings, FailOneByOne) {
  FakeGpu& gpu = add_gpu();
  gpu.power_limit.reset();
  gpu.clocks.erase(1);
  gpu.temperature.reset();

  const ReadingSet read = sample();
  EXPECT_FALSE(read.get(metric::power_limit));
  EXPECT_FALSE(read.get(metric::clock_sm));
  EXPECT_FALSE(read.get(metric::temperature));
  EXPECT_TRUE(read.get(metric::power));
  EXPECT_TRUE(read.get(metric::clock_memory));
  EXPECT_TRUE(read.get(metric::temperature_memory));
}

TEST_F(NvidiaReadings, CountMemoryThatTheDriverReservesAsUsedWhereItCannotTell) {
  script().knows_memory_v2 = false;
  add_gpu();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::memory_used).optional(), bytes(4294967296 + 537395200));
  EXPECT_EQ(read.get(metric::memory_used).source(), "nvmlDeviceGetMemoryInfo");
  EXPECT_EQ(read.get(metric::memory_reserved).status(), ReadingStatus::unsupported);
}

TEST_F(NvidiaReadings, TellMarginsOfAGpuThatHasThemInPlaceOfLimits) {
  FakeGpu& gpu = add_gpu();
  gpu.thresholds.clear();
  const auto signed_int = [](std::int32_t value) {
    return fake_nvml::Field{5, static_cast<std::uint32_t>(value)};
  };
  gpu.fields[193] = signed_int(-8);
  gpu.fields[194] = signed_int(-2);
  gpu.fields[196] = signed_int(0);

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::temperature_limit_slowdown).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::temperature_margin_shutdown).optional(), celsius(-8));
  EXPECT_EQ(read.get(metric::temperature_margin_slowdown).optional(), celsius(-2));
  EXPECT_EQ(read.get(metric::temperature_margin_critical).optional(), celsius(0));
  EXPECT_EQ(read.get(metric::temperature_margin_memory).status(), ReadingStatus::unsupported);
}

TEST_F(NvidiaReadings, TellEachFanWithItsSpeedAndWhoSetsIt) {
  FakeGpu& gpu = add_gpu();
  gpu.fan_count = 2;
  gpu.fan_speeds = {30, 55};
  gpu.fan_rpms = {1200, 2400};
  gpu.fan_policies = {0, 1};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::fan_speed, 0).optional(), percent(30));
  EXPECT_EQ(read.get(metric::fan_speed, 1).optional(), percent(55));
  EXPECT_EQ(read.get(metric::fan_rpm, 1).optional(), Rpm{2400});
  EXPECT_EQ(read.get(metric::fan_policy, 0).optional(), "automatic");
  EXPECT_EQ(read.get(metric::fan_policy, 1).optional(), "manual");
}

TEST_F(NvidiaReadings, SayThatAPassiveBoardHasNoFan) {
  add_gpu();

  const auto fan = sample().get(metric::fan_speed);
  EXPECT_EQ(fan.status(), ReadingStatus::unsupported);
  EXPECT_NE(fan.reason().find("0 fans"), std::string::npos) << fan.reason();
}

TEST_F(NvidiaReadings, CallAGpuActiveAboveTenPercent) {
  FakeGpu& gpu = add_gpu();

  gpu.utilization = {{11, 0}};
  EXPECT_EQ(sample().get(metric::power_state).optional(), "Active");
  gpu.utilization = {{10, 0}};
  EXPECT_EQ(sample().get(metric::power_state).optional(), "Idle");
}

TEST_F(NvidiaReadings, DoNotCallAGpuIdleWhoseUtilisationIsUnknown) {
  add_gpu().utilization.reset();

  const auto state = sample().get(metric::power_state);
  EXPECT_FALSE(state);
  EXPECT_NE(state.reason().find("nvmlDeviceGetUtilizationRates: Not Supported"), std::string::npos);
}

TEST_F(NvidiaReadings, SeparatePresentFromPendingModes) {
  FakeGpu& gpu = add_gpu();
  gpu.ecc_mode = {{0, 1}};
  gpu.mig_mode = {{0, 1}};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::ecc_mode).optional(), false);
  EXPECT_EQ(read.get(metric::ecc_mode_pending).optional(), true);
  EXPECT_EQ(read.get(metric::mig_mode).optional(), false);
  EXPECT_EQ(read.get(metric::mig_mode_pending).optional(), true);
}

TEST_F(NvidiaReadings, TellEachLinkAndTheBytesOverAll) {
  FakeGpu& gpu = add_gpu();
  gpu.links.resize(18);
  gpu.links[3].up = 0;
  gpu.fields[91] = {1, 18};
  gpu.fields[138] = {3, 100};
  gpu.fields[139] = {3, 200};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::link_up, 0).optional(), true);
  EXPECT_EQ(read.get(metric::link_up, 3).optional(), false);
  EXPECT_EQ(read.get(metric::link_version, 17).optional(), Count{4}) << "6 stands for NVLink 4.0";
  EXPECT_EQ(read.get(metric::link_remote, 0).optional(), "0000:0a:00.0");
  EXPECT_EQ(read.get(metric::link_replays, 0).optional(), Count{1});
  EXPECT_EQ(read.get(metric::link_recoveries, 0).optional(), Count{2});
  EXPECT_EQ(read.get(metric::link_crc_errors, 0).optional(), Count{3});
  EXPECT_EQ(read.get(metric::link_tx_total).optional(), kibibytes(100));
  EXPECT_EQ(read.get(metric::link_rx_total).optional(), kibibytes(200));
  EXPECT_FALSE(read.contains(metric::link_up.row, 18));
}

TEST_F(NvidiaReadings, SayThatAGpuHasNoLinks) {
  add_gpu();

  const auto link = sample().get(metric::link_up);
  EXPECT_EQ(link.status(), ReadingStatus::unsupported);
  EXPECT_EQ(link.reason(), "nvmlDeviceGetFieldValues(91): 0 links");
}

TEST_F(NvidiaReadings, FallBackToTheDeprecatedFunctionForThrottleTimes) {
  FakeGpu& gpu = add_gpu();
  gpu.fields.erase(75);
  gpu.violations[1] = 5'000'000;

  const auto time = sample().get(metric::throttle_time_thermal);
  EXPECT_EQ(time.optional(), nanoseconds(5'000'000));
  EXPECT_EQ(time.source(), "nvmlDeviceGetViolationStatus");
}

TEST_F(NvidiaReadings, LeaveTheLinkToTheBusWhereTheDriverDoesNotTellIt) {
  FakeGpu& gpu = add_gpu();
  gpu.pcie_gen.reset();
  gpu.pcie_width_max.reset();

  const ReadingSet read = sample();
  EXPECT_FALSE(read.contains(metric::pcie_speed.row));
  EXPECT_FALSE(read.contains(metric::pcie_width_max.row));
}

TEST_F(NvidiaReadings, AskOnceForWhatCannotChange) {
  add_gpu();
  sample();
  script().calls.clear();

  const ReadingSet read = sample();
  EXPECT_TRUE(read.get(metric::clock_sm_max));
  EXPECT_EQ(calls_of("nvmlDeviceGetMaxClockInfo"), 0);
  EXPECT_EQ(calls_of("nvmlDeviceGetPowerManagementLimitConstraints"), 0);
  EXPECT_EQ(calls_of("nvmlDeviceGetPowerUsage"), 1);
}

TEST_F(NvidiaReadings, MeasureThePcieThroughputOnlyWhenSlowReadingsAreWanted) {
  add_gpu();
  sample();
  EXPECT_EQ(calls_of("nvmlDeviceGetPcieThroughput"), 0);

  ReadingSet read;
  devices_.front()->slow_reader()->sample_slowly(read);
  EXPECT_EQ(read.get(metric::pcie_tx).optional(), ByteRate{1'000'000});
  EXPECT_EQ(read.get(metric::pcie_rx).optional(), ByteRate{2'000'000});
}

TEST_F(NvidiaReadings, AreErrorsAfterShutdown) {
  add_gpu();
  sample();
  backend().shutdown();

  const ReadingSet read = sample();
  ASSERT_GT(read.entries().size(), 60U);
  for (const auto& entry : read.entries()) {
    const bool never = entry.metric->key == "voltage" || entry.metric->key == "temperature_hotspot";
    EXPECT_EQ(entry.reading.status(), never ? ReadingStatus::unsupported : ReadingStatus::error)
        << entry.metric->key;
  }
}

TEST_F(NvidiaReadings, FromGpmNeedTwoSamples) {
  add_gpu().has_gpm = true;

  const ReadingSet first = sample();
  EXPECT_EQ(first.get(metric::utilization_tensor).status(), ReadingStatus::pending);
  const ReadingSet second = sample();
  EXPECT_EQ(second.get(metric::utilization_tensor).optional(), percent(12.5));
  EXPECT_EQ(second.get(metric::utilization_compute).optional(), percent(35.5));
  EXPECT_EQ(second.get(metric::sm_occupancy).optional(), percent(20));
  EXPECT_EQ(second.get(metric::utilization_fp64).optional(), percent(2));
  EXPECT_EQ(second.get(metric::utilization_fp32).optional(), percent(15));
  EXPECT_EQ(second.get(metric::utilization_fp16).optional(), percent(8));
  EXPECT_EQ(second.get(metric::memory_bandwidth).optional(), percent(30));
  EXPECT_EQ(second.get(metric::pcie_tx).optional(), ByteRate{1024 * 1024});
  EXPECT_EQ(second.get(metric::pcie_rx).optional(), ByteRate{2 * 1024 * 1024});
}

TEST_F(NvidiaReadings, FromGpmSayThatAnOlderGpuHasNone) {
  add_gpu();
  sample();

  const auto tensor = sample().get(metric::utilization_tensor);
  EXPECT_EQ(tensor.status(), ReadingStatus::unsupported);
  EXPECT_EQ(calls_of("nvmlGpmQueryDeviceSupport"), 1) << "the answer cannot change";
}

TEST_F(NvidiaReadings, GiveGpmSamplesBack) {
  add_gpu().has_gpm = true;
  sample();
  EXPECT_EQ(script().gpm_samples, 2);

  devices_.clear();
  EXPECT_EQ(script().gpm_samples, 0);
}

TEST_F(NvidiaReadings, AskForAllFieldsInOneCall) {
  add_gpu();

  sample();
  EXPECT_EQ(calls_of("nvmlDeviceGetFieldValues"), 1);
}

}  // namespace
}  // namespace accel::nvidia
