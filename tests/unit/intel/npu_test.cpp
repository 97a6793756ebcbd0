// The NPU: busy share, clock, memory.
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

TEST_F(IntelTest, ListsAnNpu) {
  add_npu();

  EXPECT_EQ(info().device_type, DeviceType::npu);
  EXPECT_EQ(info().vendor, "Intel");
  EXPECT_EQ(*info().model, "NPU (Meteor Lake)");
  EXPECT_EQ(*info().bus_type, BusType::soc);
  EXPECT_EQ(*info().driver, "intel_vpu");
}

TEST_F(IntelTest, TellsTheBusyShareOfAnNpuBetweenTwoSamples) {
  const Path npu = add_npu();

  EXPECT_EQ(sample().get(metric::utilization).status(), ReadingStatus::pending);
  tree_.file(npu / "npu_busy_time_us", "1250000\n");
  const auto readings = sample_after(1s);

  EXPECT_EQ(*readings.get(metric::utilization), ratio(0.25));
  EXPECT_EQ(*readings.get(metric::utilization_npu), ratio(0.25));
}

TEST_F(IntelTest, AsksAnNpuForItsBusyTimeOnceASecond) {
  const Path npu = add_npu();
  (void)sample();
  tree_.file(npu / "npu_busy_time_us", "1250000\n");
  const auto whole = sample_after(1s);
  tree_.file(npu / "npu_busy_time_us", "1450000\n");

  const auto early = sample_after(400ms);
  const auto later = sample_after(600ms);

  EXPECT_EQ(*early.get(metric::utilization), ratio(0.25));
  EXPECT_EQ(early.get(metric::utilization).time(), whole.get(metric::utilization).time())
      << "its age is to be seen";
  EXPECT_EQ(*later.get(metric::utilization), ratio(0.2));
}

TEST_F(IntelTest, CallsAnNpuActiveAboveTenPercent) {
  const Path npu = add_npu();
  (void)sample();
  tree_.file(npu / "npu_busy_time_us", "1100000\n");
  EXPECT_EQ(sample_after(1s).get(metric::power_state).optional(), "Idle") << "10 %";
  tree_.file(npu / "npu_busy_time_us", "1210000\n");

  EXPECT_EQ(sample_after(1s).get(metric::power_state).optional(), "Active") << "11 %";
}

TEST_F(IntelTest, ReadsAnNpusClockAndMemory) {
  add_npu();

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::clock_npu), megahertz(950));
  EXPECT_EQ(*readings.get(metric::clock_npu_max), megahertz(1'400));
  EXPECT_EQ(*readings.get(metric::memory_shared_used), bytes(68'157'440));
  EXPECT_EQ(readings.get(metric::memory_total).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::temperature).status(), ReadingStatus::unsupported);
}

TEST_F(IntelTest, ReadsAnNpusClockFromTheFolderOfNewerKernels) {
  const Path npu = add_npu();
  tree_.remove(npu / "npu_current_frequency_mhz")
      .remove(npu / "npu_max_frequency_mhz")
      .file(npu / "freq/current_freq", "1100\n")
      .file(npu / "freq/hw_max_freq", "1900\n");

  const auto readings = sample();

  EXPECT_EQ(*readings.get(metric::clock_npu), megahertz(1'100));
  EXPECT_EQ(*readings.get(metric::clock_npu_max), megahertz(1'900));
}

TEST_F(IntelTest, HasNoClockWhileAnNpuIsPoweredDown) {
  const Path npu = add_npu();
  tree_.file(npu / "npu_current_frequency_mhz", "0\n");

  EXPECT_EQ(sample().get(metric::clock_npu).status(), ReadingStatus::asleep);
}

TEST_F(IntelTest, StartsAnewWhenAnNpusCounterIsGarbage) {
  const Path npu = add_npu();
  (void)sample();
  tree_.file(npu / "npu_busy_time_us", "9223372036854775807\n");
  EXPECT_EQ(sample_after(1s).get(metric::utilization).status(), ReadingStatus::error);
  tree_.file(npu / "npu_busy_time_us", "1250000\n");

  EXPECT_EQ(sample_after(1s).get(metric::utilization).status(), ReadingStatus::pending);
}

TEST_F(IntelTest, LosesAnNpuThatReadsAllOnes) {
  const Path npu = add_npu();
  tree_.file(npu / "npu_busy_time_us", "-1\n").file(npu / "npu_current_frequency_mhz", "-1\n");

  const auto readings = sample();

  EXPECT_EQ(readings.get(metric::utilization).status(), ReadingStatus::lost);
  for (const auto& entry : readings.entries()) {
    EXPECT_FALSE(entry.reading.has_value()) << ReadingSet::name(entry);
  }
}

TEST_F(IntelTest, LacksWhatAnOldNpuDriverHasNoFileFor) {
  const Path npu = add_npu();
  tree_.remove(npu / "npu_memory_utilization").remove(npu / "npu_current_frequency_mhz");

  const auto readings = sample();

  EXPECT_EQ(readings.get(metric::memory_shared_used).status(), ReadingStatus::unsupported);
  EXPECT_EQ(readings.get(metric::clock_npu).status(), ReadingStatus::unsupported);
  EXPECT_EQ(*readings.get(metric::clock_npu_max), megahertz(1'400));
}

}  // namespace
}  // namespace accel::intel
