// Settings of AMD GPUs on simulated drivers: they have effect, and meet the drivers' errors.
#include "integration/settings/simulated_machine.hpp"
#include "support/as_nobody.hpp"

namespace accel::amd {
namespace {

using namespace setpoint;  // NOLINT(google-build-using-namespace): the words of these tests
using accel::testing::SimulatedMachine;
using ::testing::HasSubstr;
using std::string_literals::operator""s;

class RadeonOnASimulatedMachine : public SimulatedMachine {
 protected:
  void SetUp() override {
    start("mixed");
    if (HasFatalFailure()) return;
    card_ = find("7900 XTX");
  }
  std::string set(const SetpointRow& row, const SetpointValue& value) {
    return SimulatedMachine::set(card_, row, value);
  }
  std::string reset(const SetpointRow& row) { return SimulatedMachine::reset(card_, row); }
  Reading<SetpointValue> present(const SetpointRow& row) {
    return SimulatedMachine::present(card_, row);
  }

  std::size_t card_ = 0;
};

TEST_F(RadeonOnASimulatedMachine, KeepsToItsPowerLimit) {
  EXPECT_EQ(set(power_limit_w, 310.9), "");
  EXPECT_EQ(present(power_limit_w).optional(), SetpointValue(310.0));
  EXPECT_LE(after(60, card_).get(metric::power)->value, 310'000'000);
  EXPECT_EQ(reset(power_limit_w), "");
  EXPECT_EQ(present(power_limit_w).optional(), SetpointValue(350.0));
}

TEST_F(RadeonOnASimulatedMachine, RefusesWhatIsOutsideOfItsRange) {
  EXPECT_THAT(set(power_limit_w, 500.0), HasSubstr("allowed 300..402"));
  const auto refused = write(card_, "hwmon/power1_cap", "500000000");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid_argument);
  EXPECT_THAT(refused.error().message, HasSubstr("power1_cap: Invalid argument"));
}

TEST_F(RadeonOnASimulatedMachine, KeepsItsClockInARange) {
  EXPECT_EQ(set(sm_clock_mhz, 1500.0), "");
  EXPECT_EQ(present(sm_clock_mhz).optional(), SetpointValue(1500.0));
  EXPECT_EQ(after(5, card_).get(metric::clock_graphics)->value, 1'500'000'000);
  EXPECT_EQ(set(sm_clock_mhz, (NumberSpan{2600, 2800})), "") << "the highest first";
  EXPECT_EQ(set(sm_clock_mhz, (NumberSpan{500, 700})), "") << "the lowest first";
  EXPECT_EQ(present(sm_clock_mhz).optional(), (SetpointValue(NumberSpan{500, 700})));
  EXPECT_FALSE(write(card_, "pp_od_clk_voltage s 0", "800")) << "the lowest above the highest";
}

TEST_F(RadeonOnASimulatedMachine, KeepsItsFanAtASpeedUntilItIsAutomaticAgain) {
  EXPECT_EQ(set(fan_percent, 75.0), "");
  EXPECT_EQ(present(fan_percent).optional(), SetpointValue(75.0));
  EXPECT_EQ(present(fan_zero_rpm).optional(), SetpointValue(false));
  EXPECT_NEAR(after(30, card_).get(metric::fan_speed, 0)->value, 0.75, 0.01);
  EXPECT_EQ(set(fan_percent, 5.0), "") << "not slower than it can";
  EXPECT_EQ(present(fan_percent).optional(), SetpointValue(15.0));
  EXPECT_EQ(reset(fan_percent), "");
  EXPECT_FALSE(present(fan_percent));
  EXPECT_EQ(present(fan_zero_rpm).optional(), SetpointValue(true));
}

TEST_F(RadeonOnASimulatedMachine, FollowsACurveUntilAValueThatEndsIt) {
  const FanCurve curve{{{30, 20}, {50, 40}, {70, 60}, {85, 100}}};
  EXPECT_EQ(set(fan_curve, curve), "");
  EXPECT_TRUE(present(fan_curve));
  EXPECT_EQ(set(temp_target_c, 70.0), "");
  EXPECT_FALSE(present(fan_curve));
  EXPECT_EQ(present(temp_target_c).optional(), SetpointValue(70.0));
  EXPECT_EQ(reset(temp_target_c), "");
  EXPECT_EQ(present(temp_target_c).optional(), SetpointValue(83.0));
}

TEST_F(RadeonOnASimulatedMachine, KeepsItsFirmwaresFanControlToValues) {
  EXPECT_EQ(set(fan_minimum_percent, 30.0), "");
  EXPECT_EQ(set(fan_acoustic_limit_rpm, 2500.0), "");
  EXPECT_EQ(set(fan_acoustic_target_rpm, 1800.0), "");
  EXPECT_EQ(set(fan_zero_rpm, false), "");
  EXPECT_EQ(present(fan_minimum_percent).optional(), SetpointValue(30.0));
  EXPECT_EQ(present(fan_acoustic_limit_rpm).optional(), SetpointValue(2500.0));
  EXPECT_EQ(present(fan_acoustic_target_rpm).optional(), SetpointValue(1800.0));
  EXPECT_EQ(present(fan_zero_rpm).optional(), SetpointValue(false));
  EXPECT_THAT(set(fan_acoustic_limit_rpm, 9000.0), HasSubstr("allowed 500..3200"));
}

TEST_F(RadeonOnASimulatedMachine, TakesALevelAProfileAndLevelsOfItsMemory) {
  EXPECT_EQ(set(performance_level, "low"s), "");
  EXPECT_EQ(present(performance_level).optional(), SetpointValue("low"s));
  EXPECT_EQ(set(power_profile, "COMPUTE"s), "");
  EXPECT_EQ(present(power_profile).optional(), SetpointValue("COMPUTE"s));
  EXPECT_EQ(present(performance_level).optional(), SetpointValue("manual"s));
  EXPECT_EQ(set(mem_clock_mhz, 500.0), "") << "lowered to 456";
  EXPECT_EQ(after(5, card_).get(metric::clock_memory)->value, 456'000'000);
  EXPECT_EQ(reset(mem_clock_mhz), "");
  EXPECT_EQ(reset(performance_level), "");
  EXPECT_FALSE(write(card_, "pp_dpm_mclk", "0")) << "out of level manual";
  EXPECT_TRUE(write(card_, "pp_dpm_mclk", "0 1 2 3")) << "as it is anyway";
}

TEST_F(RadeonOnASimulatedMachine, TakesAWholeConfigurationAtOnce) {
  const auto done = accel::testing::set(*system_, card_,
                                        {{&mem_clock_mhz, 1249.0},
                                         {&power_profile, "VR"s},
                                         {&fan_percent, 60.0},
                                         {&power_limit_w, 320.0},
                                         {&performance_level, "manual"s},
                                         {&sm_clock_mhz, NumberSpan{600, 2000}}});
  EXPECT_TRUE(done) << done.error().text();
  EXPECT_EQ(present(sm_clock_mhz).optional(), (SetpointValue(NumberSpan{600, 2000})));
  EXPECT_EQ(present(fan_percent).optional(), SetpointValue(60.0));
  EXPECT_EQ(after(5, card_).get(metric::clock_memory)->value, 1'249'000'000);
}

TEST_F(RadeonOnASimulatedMachine, LetsNobodyButRootSetIt) {
  const auto path = system_->devices()[card_]->pci_address->text();
  const int denied = accel::testing::as_nobody([&] {
    const auto done = machine_.write(
        machine_.root / "sys/bus/pci/devices" / path / "power_dpm_force_performance_level", "low");
    return !done && done.error().code == Errc::permission_denied;
  });
  EXPECT_EQ(denied, 1);
}

class InstinctOnASimulatedMachine : public SimulatedMachine {
 protected:
  void SetUp() override { start("mi300x"); }
};

TEST_F(InstinctOnASimulatedMachine, TakesARangeOfClocksInLevelManual) {
  ASSERT_EQ(system_->devices().size(), 8U);
  EXPECT_EQ(set(0, sm_clock_mhz, NumberSpan{600, 1200}), "");
  EXPECT_EQ(present(0, performance_level).optional(), SetpointValue("manual"s));
  EXPECT_LE(after(5, 0).get(metric::clock_graphics)->value, 1'200'000'000);
  EXPECT_GT(after(5, 1).get(metric::clock_graphics)->value, 1'200'000'000) << "the others are left";
  EXPECT_THAT(set(0, sm_clock_mhz, 9000.0), HasSubstr("Invalid argument")) << "its own words";
  EXPECT_EQ(set(0, performance_level, "perf_determinism"s), "");
}

TEST_F(InstinctOnASimulatedMachine, HasNoFanAndNoOffset) {
  for (const SetpointRow* row : {&fan_percent, &fan_curve, &temp_target_c, &ecc_enabled}) {
    const auto state = accel::testing::state(*system_, 0, *row);
    ASSERT_FALSE(state) << row->name;
    EXPECT_EQ(state.error().code, Errc::operation_not_supported) << row->name;
  }
}

TEST_F(InstinctOnASimulatedMachine, KeepsToItsPowerLimit) {
  EXPECT_EQ(set(0, power_limit_w, 500.0), "");
  EXPECT_LE(after(60, 0).get(metric::power)->value, 505'000'000);
  EXPECT_EQ(reset(0, power_limit_w), "");
  EXPECT_EQ(present(0, power_limit_w).optional(), SetpointValue(750.0));
}

}  // namespace
}  // namespace accel::amd
