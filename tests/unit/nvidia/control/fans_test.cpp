// Fans: each a knob of its own that can be given back.
#include "unit/nvidia/control/fixture.hpp"

namespace accel::nvidia {
namespace {

TEST_F(NvidiaSettings, SetEveryFan) {
  give_fans({0, 0}, {30, 31});

  ASSERT_TRUE(set(setpoint::fan_percent, 75.0));
  EXPECT_EQ(gpu_.sets,
            (Calls{"nvmlDeviceSetFanSpeed_v2(0, 75)", "nvmlDeviceSetFanSpeed_v2(1, 75)"}));
  EXPECT_EQ(state(setpoint::fan_percent)->present.optional(), SetpointValue(75.0));
}

TEST_F(NvidiaSettings, GiveEveryFanBackToTheDriver) {
  give_fans({1, 1}, {75, 75});

  ASSERT_TRUE(reset(setpoint::fan_percent));
  EXPECT_EQ(gpu_.sets,
            (Calls{"nvmlDeviceSetDefaultFanSpeed_v2(0)", "nvmlDeviceSetDefaultFanSpeed_v2(1)"}));
  EXPECT_EQ(controller().value_of("nvmlDeviceSetFanSpeed_v2 1"), "auto");
}

TEST_F(NvidiaSettings, UndoAFanToWhatItWasAutomaticOrNot) {
  give_fans({0, 1}, {30, 60});
  const auto writes = controller().writes(setpoint::fan_percent, 75.0);
  ASSERT_TRUE(writes);
  std::vector<std::string> before;
  for (const KnobWrite& write : *writes) before.push_back(*controller().value_of(write.knob));
  EXPECT_EQ(before, (std::vector<std::string>{"auto", "manual 60"}));

  ASSERT_TRUE(apply(writes));
  for (std::size_t fan = 0; fan < 2; ++fan) {
    ASSERT_TRUE(controller().write(writes->at(fan).knob, before[fan]));
    EXPECT_EQ(controller().value_of(writes->at(fan).knob), before[fan]);
  }
}

TEST_F(NvidiaSettings, BoundFansByTheDevicesOwnRange) {
  give_fans({0}, {30});
  gpu_.fan_range = {{30, 100}};

  const auto found = state(setpoint::fan_percent);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->range.min, 30.0);
  EXPECT_EQ(found->range.max, 100.0);
  EXPECT_EQ(found->present.reason(), "the device sets the speed itself");
}

TEST_F(NvidiaSettings, SayThatFansAreNotSetAlike) {
  give_fans({1, 1}, {60, 75});

  EXPECT_EQ(state(setpoint::fan_percent)->present.reason(), "the fans are not all set alike");
}

TEST_F(NvidiaSettings, HaveNoFansOfAPassiveBoard) {
  EXPECT_EQ(error_of(setpoint::fan_percent),
            "Operation not supported: nvmlDeviceGetNumFans: 0 fans; the board is cooled passively");
  EXPECT_FALSE(controller().writes(setpoint::fan_percent, 75.0));
}

TEST_F(NvidiaSettings, RestFansAtAutomaticWhereTheirPolicyIsNotTold) {
  give_fans({0}, {30});
  gpu_.status["nvmlDeviceGetFanControlPolicy_v2"] = 3;

  const auto writes = controller().writes(setpoint::fan_percent, 75.0);
  ASSERT_TRUE(writes);
  EXPECT_EQ(writes->at(0).rest, "auto");
  EXPECT_EQ(controller().value_of(writes->at(0).knob).error().code, Errc::operation_not_supported);
  EXPECT_TRUE(state(setpoint::fan_percent));
}

}  // namespace
}  // namespace accel::nvidia
