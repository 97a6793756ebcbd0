// Driver 470 exports less than today's; each missing symbol costs its own metric only.
#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

TEST_F(OldDriver, LacksOnlyWhatItDoesNotExport) {
  add_gpu();

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::utilization_jpeg).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::utilization_jpeg).reason(),
            "nvmlDeviceGetJpgUtilization: not in this driver's library");
  EXPECT_EQ(read.get(metric::temperature_margin).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::utilization_tensor).status(), ReadingStatus::unsupported);
  EXPECT_EQ(read.get(metric::power).optional(), milliwatts(250000));
  EXPECT_EQ(read.get(metric::utilization).optional(), percent(37));
  EXPECT_EQ(info().compute_capability.optional(), "9.0");
  EXPECT_EQ(extra_number(info(), "cuda_cores"), -12345);
}

TEST_F(OldDriver, TellsMemoryByTheOlderFunction) {
  add_gpu();

  EXPECT_EQ(sample().get(metric::memory_used).source(), "nvmlDeviceGetMemoryInfo");
}

TEST_F(OldDriver, TellsThrottlingUnderTheOlderName) {
  add_gpu().clock_reasons = 0x4;

  const auto throttle = sample().get(metric::throttle);
  EXPECT_EQ(throttle.optional(), TextList{"sw_power_cap"});
  EXPECT_EQ(throttle.source(), "nvmlDeviceGetCurrentClocksThrottleReasons");
}

TEST_F(OldDriver, HasItsFansCountedOneByOne) {
  FakeGpu& gpu = add_gpu();
  gpu.fan_count = 2;
  gpu.fan_speeds = {30, 40};

  const ReadingSet read = sample();
  EXPECT_EQ(read.get(metric::fan_speed, 1).optional(), percent(40));
  EXPECT_EQ(read.get(metric::fan_policy, 0).status(), ReadingStatus::unsupported);
  EXPECT_FALSE(read.contains(metric::fan_speed.row, 2));
}

TEST_F(OldDriver, HasItsLinksCountedOneByOneWhereItLacksTheField) {
  FakeGpu& gpu = add_gpu();
  gpu.links.resize(6);
  gpu.fields.erase(91);

  const ReadingSet read = sample();
  EXPECT_TRUE(read.get(metric::link_up, 5));
  EXPECT_FALSE(read.contains(metric::link_up.row, 6));
}

TEST_F(OldDriver, ListsProgramsUnderTheOlderName) {
  add_gpu().compute = {{1234, 1048576}};
  discover();

  const auto list = devices_.front()->process_lister()->processes();
  ASSERT_TRUE(list);
  ASSERT_EQ(list->processes.size(), 1U);
  EXPECT_EQ(list->processes[0].memory.source(), "nvmlDeviceGetComputeRunningProcesses_v2");
}

}  // namespace
}  // namespace accel::nvidia
