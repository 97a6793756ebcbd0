// How a GPU's power, temperature, clocks and counters follow its load and settings.
#include <gtest/gtest.h>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

using testing::scenario_text;
using testing::SmallNode;

constexpr char kFan[] = R"(
[gpu.fan]
count = 2
min = 30
max = 100
rpm = 3000
)";

TEST(Physics, ABusyGpuIsHotterAndDrawsMoreThanAnIdleOne) {
  const SmallNode busy(scenario_text(1, "high = 0.9"));
  const SmallNode idle(scenario_text(1, "high = 0.0"));

  EXPECT_GT(busy.gpu().temperature, idle.gpu().temperature + 20);
  EXPECT_GT(busy.gpu().power_mw, 5 * idle.gpu().power_mw);
}

TEST(Physics, AnIdleGpuFallsToItsIdleClockAndSaysWhy) {
  const SmallNode idle(scenario_text(1, "high = 0.0"));

  EXPECT_EQ(idle.gpu().graphics_mhz, 345U);
  EXPECT_EQ(idle.gpu().reasons, kReasonIdle);
}

TEST(Physics, ModerateWorkRunsAtFullClockWithoutAReason) {
  const SmallNode node(scenario_text(1, "high = 0.5"));

  EXPECT_EQ(node.gpu().graphics_mhz, 1980U);
  EXPECT_EQ(node.gpu().reasons, 0U);
}

TEST(Physics, ThePowerLimitLowersClocksAndIsNamedExactlyThen) {
  SmallNode node(scenario_text(1, "high = 0.8"));
  ASSERT_EQ(node.gpu().reasons, 0U);

  node.gpu().settings.power_limit_mw = 400'000;
  node.pass(30);

  EXPECT_EQ(node.gpu().reasons, kReasonPowerCap);
  EXPECT_LT(node.gpu().graphics_mhz, 1980U);
  EXPECT_LE(node.gpu().power_mw, 400'000);
  EXPECT_GT(node.gpu().power_mw, 360'000) << "the highest clock that fits is used";
  EXPECT_NEAR(static_cast<double>(node.gpu().totals.violation[0]), 30e9, 0.2e9);
}

TEST(Physics, ClocksAreMultiplesOfTheStep) {
  SmallNode node(scenario_text(1, "high = 0.9"));
  for (unsigned limit = 200'000; limit <= 700'000; limit += 25'000) {
    node.gpu().settings.power_limit_mw = limit;
    node.pass(1);
    EXPECT_EQ((node.gpu().graphics_mhz - 345) % 15, 0U);
    EXPECT_GE(node.gpu().graphics_mhz, 345U);
  }
}

TEST(Physics, HeatLowersClocksBeforeTheSlowdownTemperature) {
  SmallNode node(scenario_text(1, "high = 0.9"));
  node.node().boards[0].thermal.ambient = 60;

  node.pass(600);

  EXPECT_NE(node.gpu().reasons & kReasonSoftwareThermal, 0U);
  EXPECT_LT(node.gpu().graphics_mhz, 1980U);
  EXPECT_NEAR(node.gpu().temperature, 87, 2);
  EXPECT_GT(node.gpu().totals.violation[1], 0);
}

TEST(Physics, ExtremeHeatIsAHardwareSlowdown) {
  SmallNode node(scenario_text(1, "high = 0.9"));
  node.gpu().temperature = 92;

  node.pass(0.1);

  EXPECT_NE(node.gpu().reasons & kReasonHardwareThermal, 0U);
  EXPECT_NE(node.gpu().reasons & kReasonHardware, 0U);
  EXPECT_LE(node.gpu().graphics_mhz, 990U);
}

TEST(Physics, ThrottlingEndsWhenTheCauseEnds) {
  SmallNode node(scenario_text(1, "high = 0.8"));
  node.node().boards[0].thermal.ambient = 60;
  node.pass(600);
  node.node().boards[0].thermal.ambient = 20;

  node.pass(600);

  EXPECT_EQ(node.gpu().reasons, 0U);
  EXPECT_EQ(node.gpu().graphics_mhz, 1980U);
}

TEST(Physics, EnergyIsPowerOverTime) {
  SmallNode node(scenario_text(1, "high = 0.5"));
  const double before = node.gpu().totals.energy_mj;
  const double power = node.gpu().power_mw;

  node.pass(100);

  EXPECT_NEAR(node.gpu().totals.energy_mj - before, power * 100, power * 2);
}

TEST(Physics, AFasterFanLowersTheTemperature) {
  SmallNode slow(scenario_text(1, "high = 0.6", kFan));
  SmallNode fast(scenario_text(1, "high = 0.6", kFan));
  slow.gpu().settings.fan_manual[0] = slow.gpu().settings.fan_manual[1] = 1;
  fast.gpu().settings.fan_manual[0] = fast.gpu().settings.fan_manual[1] = 1;
  slow.gpu().settings.fan_target[0] = slow.gpu().settings.fan_target[1] = 50;
  fast.gpu().settings.fan_target[0] = fast.gpu().settings.fan_target[1] = 100;

  slow.pass(300);
  fast.pass(300);

  EXPECT_LT(fast.gpu().temperature, slow.gpu().temperature - 5);
}

TEST(Physics, AnAutomaticFanFollowsTheTemperature) {
  const SmallNode node(scenario_text(1, "high = 0.6", kFan));
  const Board& board = node.node().boards[0];

  EXPECT_EQ(automatic_fan(board, 20), 30);
  EXPECT_LT(automatic_fan(board, 50), automatic_fan(board, 70));
  EXPECT_EQ(automatic_fan(board, 95), 100);
}

TEST(Physics, LockedClocksHoldAtWorkAndAtRest) {
  SmallNode node(scenario_text(2, "high = 0.5\n[[gpu.load]]\nhigh = 0.0"));
  for (Gpu& gpu : gpus_of(node.node())) {
    gpu.settings.locked_graphics_min = gpu.settings.locked_graphics_max = 1200;
  }

  node.pass(1);

  EXPECT_EQ(node.gpu(0).graphics_mhz, 1200U);
  EXPECT_EQ(node.gpu(1).graphics_mhz, 1200U);
}

TEST(Physics, StepsOfAnySizeLeadToTheSameState) {
  SmallNode at_once(scenario_text(1, "kind = \"square\"\nlow = 0.1\nhigh = 0.9\nperiod = \"10s\""));
  SmallNode in_parts(
      scenario_text(1, "kind = \"square\"\nlow = 0.1\nhigh = 0.9\nperiod = \"10s\""));

  at_once.pass(15);
  for (int i = 0; i < 60; ++i) in_parts.pass(0.25);

  EXPECT_DOUBLE_EQ(at_once.gpu().temperature, in_parts.gpu().temperature);
  EXPECT_DOUBLE_EQ(at_once.gpu().totals.energy_mj, in_parts.gpu().totals.energy_mj);
}

TEST(Physics, AYearLaterIsReachedInBoundedWork) {
  SmallNode node(scenario_text(1, "high = 0.5"));

  node.pass(365.0 * 86400);

  EXPECT_LT(model_time(node.node()) - node.gpu().advanced_to, 100'000'000);
  EXPECT_GT(node.gpu().totals.energy_mj, 1e12);
}

TEST(Physics, ASuspendedGpuDoesNoWork) {
  SmallNode node(scenario_text(1, "high = 0.9"));
  node.gpu().suspended = 1;

  node.pass(200);

  EXPECT_EQ(node.gpu().load, 0);
  EXPECT_LT(node.gpu().temperature, 35);
}

}  // namespace
}  // namespace accel::sim
