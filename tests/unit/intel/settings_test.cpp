// What can be set on Intel's devices, and what is written for it.
#include <gmock/gmock.h>

#include <cerrno>

#include "support/settings.hpp"
#include "support/written_files.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using accel::testing::Values;
using setpoint::fan_percent;
using setpoint::power_limit_w;
using setpoint::power_profile;
using setpoint::sm_clock_mhz;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

class IntelSettings : public IntelTest {
 protected:
  IntelSettings() { machine_.simulated_drivers = written_.drivers(); }

  Controller& controller() { return *device().controller(); }
  std::string set(const SetpointRow& row, const SetpointValue& value) {
    const auto done = accel::testing::set(controller(), {{&row, value}});
    return done ? "" : done.error().text();
  }
  Lines planned(const SetpointRow& row, const SetpointValue& value) {
    const auto writes = accel::testing::plan(controller(), {{&row, value}});
    return writes ? accel::testing::texts_of(*writes) : Lines{writes.error().text()};
  }
  Lines default_of(const SetpointRow& row) {
    const auto writes = controller().default_writes(row);
    return writes ? accel::testing::texts_of(*writes) : Lines{writes.error().text()};
  }
  Errc refusal(const SetpointRow& row) {
    const auto state = controller().state(row);
    EXPECT_FALSE(state);
    return state ? Errc::invalid_state : state.error().code;
  }

  accel::testing::WrittenFiles written_;
};

TEST_F(IntelSettings, RangeOfAnXeCardIsThatOfItsRenderTileAlone) {
  add_xe_card();
  EXPECT_EQ(set(sm_clock_mhz, NumberSpan{600, 2000}), "");
  EXPECT_THAT(written_.all(), ElementsAre("min_freq 600", "max_freq 2000"));
  EXPECT_THAT(planned(sm_clock_mhz, 1000.0), ElementsAre("clock tile0/gt0/freq0/min_freq 1000",
                                                         "clock tile0/gt0/freq0/max_freq 1000"));
}

TEST_F(IntelSettings, RangeMovesItsHighestFirstGoingUp) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/min_freq", "500\n")
      .file(card / "tile0/gt0/freq0/max_freq", "600\n");
  EXPECT_THAT(planned(sm_clock_mhz, 1000.0), ElementsAre("clock tile0/gt0/freq0/max_freq 1000",
                                                         "clock tile0/gt0/freq0/min_freq 1000"));
}

TEST_F(IntelSettings, RangeIsThatOfTheHardware) {
  add_xe_card();
  const auto state = controller().state(sm_clock_mhz);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->range.min, 400);
  EXPECT_EQ(state->range.max, 2850);
  EXPECT_EQ(state->present.optional(), (SetpointValue(NumberSpan{500, 2850})));
  EXPECT_FALSE(state->usual);
  EXPECT_THAT(set(sm_clock_mhz, 3000.0), HasSubstr("allowed 400..2850"));
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(IntelSettings, RangeGoesToEveryTile) {
  const Path card = add_xe_card();
  add_xe_gt(card / "tile1/gt0", "gt2-rc", "1700", "2700");
  EXPECT_EQ(controller().state(sm_clock_mhz)->range.max, 2700);
  EXPECT_EQ(planned(sm_clock_mhz, 1000.0).size(), 4U);
}

TEST_F(IntelSettings, RangeOfI915HasAClockForWaitingPrograms) {
  const Path gpu = add_i915_integrated();
  tree_.file(gpu / "drm/card0/gt/gt0/rps_boost_freq_mhz", "2250\n");
  EXPECT_THAT(planned(sm_clock_mhz, NumberSpan{300, 1500}),
              ElementsAre("clock gt/gt0/rps_min_freq_mhz 300", "clock gt/gt0/rps_max_freq_mhz 1500",
                          "clock gt/gt0/rps_boost_freq_mhz 1500"));
}

TEST_F(IntelSettings, RangeOfI915GoesBackToItsDefaults) {
  const Path gt = add_i915_integrated() / "drm/card0/gt/gt0";
  tree_.file(gt / "rps_boost_freq_mhz", "2250\n")
      .file(gt / ".defaults/rps_min_freq_mhz", "100\n")
      .file(gt / ".defaults/rps_max_freq_mhz", "2250\n");
  EXPECT_EQ(controller().state(sm_clock_mhz)->usual.optional(),
            (SetpointValue(NumberSpan{100, 2250})));
  EXPECT_THAT(default_of(sm_clock_mhz),
              ElementsAre("clock gt/gt0/rps_max_freq_mhz 2250", "clock gt/gt0/rps_min_freq_mhz 100",
                          "clock gt/gt0/rps_boost_freq_mhz (as it was)"));
}

TEST_F(IntelSettings, RangeOfOldI915IsInTheFolderOfTheCard) {
  const Path card = add_i915_integrated() / "drm/card0";
  tree_.remove(card / "gt");
  for (const char* name : {"gt_act", "gt_RP0", "gt_max", "gt_boost"}) {
    tree_.file(card / (std::string(name) + "_freq_mhz"), "1300\n");
  }
  tree_.file(card / "gt_RPn_freq_mhz", "100\n").file(card / "gt_min_freq_mhz", "100\n");
  EXPECT_EQ(set(sm_clock_mhz, NumberSpan{200, 1000}), "");
  EXPECT_THAT(written_.all(),
              ElementsAre("gt_min_freq_mhz 200", "gt_max_freq_mhz 1000", "gt_boost_freq_mhz 1000"));
}

TEST_F(IntelSettings, RangeGoesBackToWhatItWasWhereTheDriverHasNoDefault) {
  add_xe_card();
  EXPECT_THAT(default_of(sm_clock_mhz), ElementsAre("clock tile0/gt0/freq0/max_freq (as it was)",
                                                    "clock tile0/gt0/freq0/min_freq (as it was)"));
}

TEST_F(IntelSettings, KnobOfAnotherFileIsNone) {
  add_xe_card();
  EXPECT_EQ(controller().write("clock tile0/gt0/freq0/rp0_freq", "1").error().code,
            Errc::not_found);
  EXPECT_EQ(controller().write("clock ../../vendor", "1").error().code, Errc::not_found);
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(IntelSettings, PowerLimitIsTheFirstThatIsThere) {
  add_xe_card();
  EXPECT_EQ(set(power_limit_w, 150.7), "");
  EXPECT_THAT(written_.all(), ElementsAre("power1_max 150700000"));
  tree_.remove(hwmon_ / "power1_max").file(hwmon_ / "power2_cap", "190000000\n");
  written_.forget();
  EXPECT_EQ(set(power_limit_w, 150.0), "");
  EXPECT_THAT(written_.all(), ElementsAre("power2_cap 150000000"));
  tree_.file(hwmon_ / "power1_cap", "190000000\n");
  written_.forget();
  EXPECT_EQ(set(power_limit_w, 150.0), "");
  EXPECT_THAT(written_.all(), ElementsAre("power1_cap 150000000"));
}

TEST_F(IntelSettings, PowerLimitThatTheDriverCutIsFoundByReadingBack) {
  add_xe_card();
  written_.keep("power1_max");
  EXPECT_THAT(set(power_limit_w, 500.0), HasSubstr("is 190000000 instead of 500000000"));
  EXPECT_TRUE(controller().holds("hwmon/power_limit", "100300000", "100250000"))
      << "eighths of 1 W";
  EXPECT_FALSE(controller().holds("hwmon/power_limit", "100300000", "100000000"));
}

TEST_F(IntelSettings, PowerLimitGoesBackToWhatItWasAndIsNeverZero) {
  add_xe_card();
  EXPECT_THAT(default_of(power_limit_w), ElementsAre("hwmon/power_limit (as it was)"));
  EXPECT_THAT(set(power_limit_w, 1e-7), HasSubstr("0 would switch the limit off"));
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(IntelSettings, PowerLimitHasTheRatedOneAsItsRange) {
  add_xe_card();
  EXPECT_FALSE(controller().state(power_limit_w)->range.unchecked.empty());
  tree_.file(hwmon_ / "power1_rated_max", "0\n");
  EXPECT_FALSE(controller().state(power_limit_w)->range.unchecked.empty()) << "0 is not known";
  tree_.file(hwmon_ / "power1_rated_max", "190000000\n");
  EXPECT_EQ(controller().state(power_limit_w)->range.max, 190);
  tree_.file(hwmon_ / "power1_max", "0\n");
  EXPECT_THAT(controller().state(power_limit_w)->present.reason(), HasSubstr("the limit is off"));
}

TEST_F(IntelSettings, PowerLimitOfAnIntegratedGpuIsUnsupported) {
  add_i915_integrated();
  EXPECT_EQ(refusal(power_limit_w), Errc::operation_not_supported);
}

TEST_F(IntelSettings, PowerProfileIsOneOfTheDrivers) {
  const Path card = add_xe_card();
  tree_.file(card / "tile0/gt0/freq0/power_profile", "[base]    power_saving\n");
  written_.keep("power_profile");
  const auto state = controller().state(power_profile);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->present.optional(), SetpointValue(std::string("base")));
  EXPECT_THAT(state->range.words, ElementsAre("base", "power_saving"));
  EXPECT_THAT(planned(power_profile, std::string("power_saving")),
              ElementsAre("power_profile tile0/gt0/freq0 power_saving"));
  EXPECT_THAT(default_of(power_profile), ElementsAre("power_profile tile0/gt0/freq0 base"));
  EXPECT_THAT(set(power_profile, std::string("fast")), HasSubstr("allowed base, power_saving"));
}

TEST_F(IntelSettings, PowerProfileOfADriverWithoutOneIsUnsupported) {
  add_xe_card();
  EXPECT_EQ(refusal(power_profile), Errc::operation_not_supported);
}

TEST_F(IntelSettings, FansAreAllSetWhereTheyCanBe) {
  add_xe_card();
  EXPECT_EQ(refusal(fan_percent), Errc::operation_not_supported);
  for (const std::string fan : {"pwm1", "pwm2"}) {
    tree_.file(hwmon_ / fan, "0\n").file(hwmon_ / (fan + "_enable"), "2\n");
  }
  EXPECT_EQ(set(fan_percent, 75.0), "");
  EXPECT_THAT(written_.all(),
              ElementsAre("pwm1_enable 1", "pwm1 191", "pwm2_enable 1", "pwm2 191"));
  EXPECT_EQ(controller().state(fan_percent)->present.optional(), SetpointValue(75.0));
  written_.forget();
  EXPECT_TRUE(accel::testing::reset(controller(), fan_percent));
  EXPECT_THAT(written_.all(), ElementsAre("pwm1_enable 2", "pwm2_enable 2"));
}

TEST_F(IntelSettings, ErrorsAreTheDriversOwn) {
  add_xe_card();
  written_.refuse("min_freq", EINVAL);
  EXPECT_EQ(accel::testing::set(controller(), {{&sm_clock_mhz, 1000.0}}).error().code,
            Errc::invalid_argument);
  written_.refuse("min_freq", EAGAIN);
  EXPECT_EQ(accel::testing::set(controller(), {{&sm_clock_mhz, 1000.0}}).error().code,
            Errc::unavailable);
}

TEST_F(IntelSettings, NpuHasARangeFromKernel72On) {
  const Path npu = add_npu();
  EXPECT_EQ(refusal(sm_clock_mhz), Errc::operation_not_supported);
  tree_.file(npu / "freq/hw_min_freq", "300\n")
      .file(npu / "freq/hw_max_freq", "1900\n")
      .file(npu / "freq/set_min_freq", "300\n")
      .file(npu / "freq/set_max_freq", "1900\n");
  EXPECT_EQ(set(sm_clock_mhz, NumberSpan{500, 1000}), "");
  EXPECT_THAT(written_.all(), ElementsAre("set_min_freq 500", "set_max_freq 1000"));
  EXPECT_EQ(refusal(power_limit_w), Errc::operation_not_supported);
}

TEST_F(IntelSettings, AreNotAskedOfASleepingCard) {
  add_xe_card("suspended");
  EXPECT_EQ(refusal(sm_clock_mhz), Errc::device_asleep);
  EXPECT_EQ(controller().write("hwmon/power_limit", "1").error().code, Errc::device_asleep);
}

TEST_F(IntelSettings, CanBeRepeatedByHand) {
  add_xe_card();
  EXPECT_EQ(controller().call_text("hwmon/power_limit", "150000000"),
            "echo 150000000 > " + (tree_.root() / hwmon_ / "power1_max").string());
}

}  // namespace
}  // namespace accel::intel
