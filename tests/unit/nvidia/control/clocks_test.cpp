// Clocks: locked, application clocks, offsets.
#include "unit/nvidia/control/fixture.hpp"

namespace accel::nvidia {
namespace {

using fake_nvml::Offset;

TEST_F(NvidiaSettings, LockTheClockOfTheEngines) {
  const auto found = state(setpoint::sm_clock_mhz);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->range.steps, (std::vector<double>{345, 1395, 1500, 1980}));
  EXPECT_EQ(found->range.min, 345.0);
  EXPECT_EQ(found->range.max, 1980.0);
  EXPECT_EQ(found->present.reason(), "NVML has no function that tells to what clocks are locked");

  ASSERT_TRUE(set(setpoint::sm_clock_mhz, 1500.0));
  ASSERT_TRUE(set(setpoint::sm_clock_mhz, NumberSpan{1395, 1980}));
  ASSERT_TRUE(reset(setpoint::sm_clock_mhz));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetGpuLockedClocks(1500, 1500)",
                              "nvmlDeviceSetGpuLockedClocks(1395, 1980)",
                              "nvmlDeviceResetGpuLockedClocks()"}));
}

TEST_F(NvidiaSettings, LockTheClockOfTheMemory) {
  const auto found = state(setpoint::mem_clock_mhz);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->range.steps, (std::vector<double>{1593, 2619}));

  ASSERT_TRUE(set(setpoint::mem_clock_mhz, 1593.0));
  ASSERT_TRUE(reset(setpoint::mem_clock_mhz));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetMemoryLockedClocks(1593, 1593)",
                              "nvmlDeviceResetMemoryLockedClocks()"}));
}

TEST_F(NvidiaSettings, GoBackToUnlockedWhereNobodySawWhatWasLocked) {
  const auto writes = controller().writes(setpoint::sm_clock_mhz, 1500.0);
  ASSERT_TRUE(writes);
  EXPECT_EQ(controller().value_of(writes->at(0).knob).error().code, Errc::operation_not_supported);
  EXPECT_EQ(writes->at(0).rest, "unlocked");
}

TEST_F(NvidiaSettings, ReadAListOfClocksThatIsLongerThanUsual) {
  std::vector<std::uint32_t>& clocks = gpu_.graphics_clocks[2619];
  clocks.clear();
  for (std::uint32_t clock = 2000; clock > 1000; --clock) clocks.push_back(clock);

  EXPECT_EQ(state(setpoint::sm_clock_mhz)->range.steps.size(), 1001U);
}

TEST_F(NvidiaSettings, LeaveClocksUncheckedWhereTheDeviceListsNone) {
  gpu_.memory_clocks.clear();

  const auto found = state(setpoint::sm_clock_mhz);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->range.unchecked, "nvmlDeviceGetSupportedMemoryClocks: Not Supported");
  EXPECT_EQ(writes(setpoint::sm_clock_mhz, 1501.9),
            Calls{"nvmlDeviceSetGpuLockedClocks = 1501 1501"});
}

TEST_F(NvidiaSettings, SetApplicationClocksWhereTheArchitectureLocksNone) {
  gpu_.architecture = 4;  // Pascal
  gpu_.application_clocks = {{0, 1395}, {2, 2619}};
  gpu_.application_defaults = {{0, 1980}, {2, 2619}};

  const auto found = state(setpoint::sm_clock_mhz);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present.optional(), SetpointValue(1395.0));
  EXPECT_EQ(found->usual.optional(), SetpointValue(1980.0));
  EXPECT_EQ(found->range.steps, (std::vector<double>{1395, 1500, 1980}));

  ASSERT_TRUE(set(setpoint::sm_clock_mhz, 1500.0));
  EXPECT_EQ(gpu_.sets, Calls{"nvmlDeviceSetApplicationsClocks(2619, 1500)"});
}

TEST_F(NvidiaSettings, LeaveTheOtherDomainAsItIsEvenWhenBothAreSetAtOnce) {
  gpu_.architecture = 4;
  gpu_.application_clocks = {{0, 1395}, {2, 2619}};
  const auto graphics = controller().writes(setpoint::sm_clock_mhz, 1500.0);
  const auto memory = controller().writes(setpoint::mem_clock_mhz, 1593.0);

  ASSERT_TRUE(apply(graphics));
  ASSERT_TRUE(apply(memory));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetApplicationsClocks(2619, 1500)",
                              "nvmlDeviceSetApplicationsClocks(1593, 1500)"}));
  EXPECT_EQ(controller().value_of(graphics->at(0).knob), "1500");
  EXPECT_EQ(controller().value_of(memory->at(0).knob), "1593");
}

TEST_F(NvidiaSettings, TakeNoSpanOfApplicationClocks) {
  gpu_.architecture = 4;
  gpu_.application_clocks = {{0, 1395}, {2, 2619}};

  EXPECT_EQ(writes(setpoint::sm_clock_mhz, NumberSpan{1395, 1500}),
            Calls{"Operation not supported: nvmlDeviceSetApplicationsClocks: takes one clock, not "
                  "a span"});
}

TEST_F(NvidiaSettings, NameBothWaysWhereClocksCannotBeSetAtAll) {
  gpu_.architecture = 4;

  EXPECT_EQ(error_of(setpoint::mem_clock_mhz),
            "Operation not supported: nvmlDeviceSetMemoryLockedClocks: not for GPUs of this "
            "architecture; nvmlDeviceGetApplicationsClock: Not Supported");
}

TEST_F(NvidiaSettings, ResetApplicationClocksThatAnotherProgramSet) {
  gpu_.application_clocks = {{0, 1395}, {2, 2619}};
  gpu_.application_defaults = {{0, 1980}, {2, 2619}};

  ASSERT_TRUE(reset(setpoint::sm_clock_mhz));
  ASSERT_TRUE(reset(setpoint::mem_clock_mhz));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceResetGpuLockedClocks()",
                              "nvmlDeviceSetApplicationsClocks(2619, 1980)",
                              "nvmlDeviceResetMemoryLockedClocks()"}));
}

TEST_F(NvidiaSettings, OffsetTheClockInEachPerformanceStateThatTakesOne) {
  gpu_.pstates = {0, 2, 8};
  gpu_.offsets[{0, 0}] = {0, -500, 1000};
  gpu_.offsets[{0, 2}] = {0, -200, 1200};
  gpu_.offsets[{0, 8}] = {0, 0, 0};

  const auto found = state(setpoint::gpu_clock_offset_mhz);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present.optional(), SetpointValue(0.0));
  EXPECT_EQ(found->usual.optional(), SetpointValue(0.0));
  EXPECT_EQ(found->range.min, -200.0);
  EXPECT_EQ(found->range.max, 1000.0);

  ASSERT_TRUE(set(setpoint::gpu_clock_offset_mhz, 100.0));
  ASSERT_TRUE(set(setpoint::gpu_clock_offset_mhz, -150.5));
  EXPECT_EQ(controller().value_of("nvmlDeviceSetClockOffsets 0 2"), "-150");
  ASSERT_TRUE(reset(setpoint::gpu_clock_offset_mhz));
  EXPECT_EQ(gpu_.sets,
            (Calls{"nvmlDeviceSetClockOffsets(0, 0, 100)", "nvmlDeviceSetClockOffsets(0, 2, 100)",
                   "nvmlDeviceSetClockOffsets(0, 0, -150)", "nvmlDeviceSetClockOffsets(0, 2, -150)",
                   "nvmlDeviceSetClockOffsets(0, 0, 0)", "nvmlDeviceSetClockOffsets(0, 2, 0)"}));
}

TEST_F(NvidiaSettings, SayThatOffsetsDifferBetweenPerformanceStates) {
  gpu_.pstates = {0, 2};
  gpu_.offsets[{2, 0}] = {300, -500, 1000};
  gpu_.offsets[{2, 2}] = {0, -500, 1000};

  EXPECT_EQ(state(setpoint::mem_clock_offset_mhz)->present.reason(), "P0 has 300 MHz, P2 0 MHz");
}

TEST_F(NvidiaSettings, OffsetTheWholeCurveWithAnOlderDriver) {
  gpu_.graphics_offset = Offset{50, -200, 200};
  gpu_.memory_offset = Offset{0, -1000, 3000};

  const auto found = state(setpoint::gpu_clock_offset_mhz);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present.optional(), SetpointValue(50.0));
  EXPECT_EQ(found->range.max, 200.0);

  ASSERT_TRUE(set(setpoint::gpu_clock_offset_mhz, 100.0));
  ASSERT_TRUE(reset(setpoint::mem_clock_offset_mhz));
  EXPECT_EQ(gpu_.sets,
            (Calls{"nvmlDeviceSetGpcClkVfOffset(100)", "nvmlDeviceSetMemClkVfOffset(0)"}));
  EXPECT_EQ(controller().value_of("nvmlDeviceSetGpcClkVfOffset"), "100");
}

TEST_F(NvidiaSettings, HaveNoOffsetOfADeviceWithoutOne) {
  EXPECT_EQ(error_of(setpoint::gpu_clock_offset_mhz),
            "Operation not supported: nvmlDeviceGetClockOffsets: Not Supported");
}

TEST_F(NvidiaSettings, DoNotMistakeALostGpuForOneWithoutOffsets) {
  gpu_.graphics_offset = Offset{0, -200, 200};
  gpu_.status["nvmlDeviceGetClockOffsets"] = 15;

  EXPECT_EQ(state(setpoint::gpu_clock_offset_mhz).error().code, Errc::device_lost);
  EXPECT_FALSE(controller().writes(setpoint::gpu_clock_offset_mhz, 100.0));
}

TEST_F(OldDriverSettings, LockClocks) {
  ASSERT_TRUE(set(setpoint::sm_clock_mhz, 1500.0));
  ASSERT_TRUE(set(setpoint::mem_clock_mhz, 1593.0));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetGpuLockedClocks(1500, 1500)",
                              "nvmlDeviceSetMemoryLockedClocks(1593, 1593)"}));
}

}  // namespace
}  // namespace accel::nvidia
