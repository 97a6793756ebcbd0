// Settings of GPUs on the simulated driver, through System as the programs use them: made, read
// back, gone back from.
#include "integration/nvidia/simulated_system.hpp"

namespace accel::nvidia {
namespace {

class SettingsOnASimulatedNode : public NvidiaOnASimulatedNode {
 protected:
  void SetUp() override { ::setenv("ACCEL_SIM_ROOT", "1", 1); }
  void TearDown() override { ::unsetenv("ACCEL_SIM_ROOT"); }

  /// Does that on the settings of the first GPU.
  Result<void> on_first(std::function<Result<void>(Controller&)> work) {
    return system_->control(std::vector{System::ControlWork{0, std::move(work)}}).at(0);
  }
  Result<void> set(const SetpointRow& row, const SetpointValue& value) {
    return on_first([&row, value](Controller& controller) -> Result<void> {
      const auto writes = controller.writes(row, value);
      return writes ? write_all(controller, *writes) : writes.error();
    });
  }
  SetpointState state(const SetpointRow& row) {
    SetpointState found;
    const auto done = on_first([&](Controller& controller) -> Result<void> {
      auto told = controller.state(row);
      if (!told) return told.error();
      found = *std::move(told);
      return {};
    });
    EXPECT_TRUE(done) << row.name << ": " << done.error().text();
    return found;
  }
  /// Writes and reads back.
  static Result<void> write_all(Controller& controller, const std::vector<KnobWrite>& writes) {
    for (const KnobWrite& one : writes) {
      if (auto done = controller.write(one.knob, one.value); !done) return done;
      const auto read = controller.value_of(one.knob);
      if (read) {
        EXPECT_EQ(*read, one.value) << one.knob;
      } else {
        EXPECT_EQ(read.error().code, Errc::operation_not_supported) << read.error().text();
        EXPECT_FALSE(one.rest.empty()) << one.knob;
      }
    }
    return {};
  }
};

TEST_F(SettingsOnASimulatedNode, AreMadeReadBackAndGoneBackFrom) {
  start("geforce");
  const std::pair<const SetpointRow*, SetpointValue> wanted[] = {
      {&setpoint::power_limit_w, 300.5},
      {&setpoint::sm_clock_mhz, 1500.0},
      {&setpoint::sm_clock_mhz, NumberSpan{1200, 1500}},
      {&setpoint::mem_clock_mhz, 5001.0},
      {&setpoint::fan_percent, 75.0},
      {&setpoint::temp_target_c, 70.0},
      {&setpoint::gpu_clock_offset_mhz, 100.0},
      {&setpoint::mem_clock_offset_mhz, -200.0},
      {&setpoint::persistence_mode, true},
      {&setpoint::compute_mode, std::string("exclusive_process")}};
  for (const auto& [row, value] : wanted) {
    const Reading<SetpointValue> before = state(*row).present;
    const auto done = set(*row, value);
    ASSERT_TRUE(done) << row->name << ": " << done.error().text();
    const Reading<SetpointValue> now = state(*row).present;
    if (now) {
      EXPECT_EQ(*now, value) << row->name;
    }
    const auto undone =
        before ? set(*row, *before) : on_first([row = row](Controller& controller) -> Result<void> {
          return write_all(controller, *controller.default_writes(*row));
        });
    ASSERT_TRUE(undone) << row->name << ": " << undone.error().text();
    EXPECT_EQ(state(*row).present.optional(), before.optional()) << row->name;
  }
}

TEST_F(SettingsOnASimulatedNode, ComeWithTheRangeOfTheCard) {
  start("geforce");

  EXPECT_EQ(state(setpoint::power_limit_w).range.max, 600.0);
  EXPECT_EQ(state(setpoint::sm_clock_mhz).range.max, 3105.0);
  EXPECT_EQ(state(setpoint::mem_clock_mhz).range.steps,
            (std::vector<double>{405, 810, 5001, 10251, 10501}));
  EXPECT_EQ(state(setpoint::fan_percent).range.min, 30.0);
  EXPECT_EQ(state(setpoint::temp_target_c).range.min, 65.0);
  EXPECT_EQ(state(setpoint::mem_clock_offset_mhz).range.max, 3000.0);
}

TEST_F(SettingsOnASimulatedNode, LowerTheDrawOfABusyGpu) {
  start("dgx-h100");
  ASSERT_TRUE(set(setpoint::power_limit_w, 300.0));
  step(30);

  EXPECT_LE(sample()[0].readings.get(metric::power)->value, milliwatts(310000).value);
}

TEST_F(SettingsOnASimulatedNode, OfATeslaT4LockTheEnginesAndRunTheMemoryAtAnApplicationClock) {
  start("t4");
  std::string call;
  const auto done = on_first([&](Controller& controller) -> Result<void> {
    const auto writes = controller.writes(setpoint::mem_clock_mhz, 405.0);
    if (!writes) return writes.error();
    call = controller.call_text(writes->at(0).knob, writes->at(0).value);
    return write_all(controller, *writes);
  });

  ASSERT_TRUE(done) << done.error().text();
  EXPECT_EQ(call, "nvmlDeviceSetApplicationsClocks(405, 585)");
  EXPECT_EQ(state(setpoint::mem_clock_mhz).present.optional(), SetpointValue(405.0));
  EXPECT_FALSE(state(setpoint::sm_clock_mhz).present);
  EXPECT_FALSE(set(setpoint::fan_percent, 75.0));
}

TEST_F(SettingsOnASimulatedNode, WaitForAResetWhereTheyArePersistent) {
  start("dgx-h100");
  ASSERT_TRUE(set(setpoint::ecc_enabled, false));

  EXPECT_EQ(state(setpoint::ecc_enabled).present.optional(), SetpointValue(true));
  EXPECT_EQ(state(setpoint::ecc_enabled).pending.optional(), SetpointValue(false));
}

TEST_F(SettingsOnASimulatedNode, KeepTheDriversWordsWhenItRefuses) {
  start("dgx-h100");
  ASSERT_EQ(inject("0", "no-permission@nvmlDeviceSetPowerManagementLimit"), "");
  const auto refused = set(setpoint::power_limit_w, 300.0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::permission_denied);
  EXPECT_EQ(refused.error().message, "nvmlDeviceSetPowerManagementLimit: Insufficient Permissions");
  EXPECT_FALSE(refused.error().remedy.empty());

  ASSERT_EQ(inject("0", "lost"), "");
  EXPECT_EQ(set(setpoint::power_limit_w, 300.0).error().code, Errc::device_lost);
}

}  // namespace
}  // namespace accel::nvidia
