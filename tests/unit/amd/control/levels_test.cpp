// Levels of pp_dpm_sclk and pp_dpm_mclk as settings.
#include "unit/amd/control/fixture.hpp"

namespace accel::amd {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the words of these tests
using setpoint::mem_clock_mhz;
using setpoint::sm_clock_mhz;

class ClockLevels : public Settings {
 protected:
  ClockLevels() {
    device_file("power_dpm_force_performance_level", "auto\n");
    device_file("pp_dpm_sclk", "0: 300Mhz \n1: 600Mhz \n2: 900Mhz *\n3: 1366Mhz \n");
    device_file("pp_dpm_mclk", "0: 300Mhz \n1: 1000Mhz \n2: 1750Mhz *\n");
    written_.keep("pp_dpm_sclk");
    written_.keep("pp_dpm_mclk");
  }
};

TEST_F(ClockLevels, AreChosenInLevelManual) {
  EXPECT_EQ(text_of(set(mem_clock_mhz, 1000.0)), "");
  EXPECT_THAT(written_.all(),
              ElementsAre("power_dpm_force_performance_level manual", "pp_dpm_mclk 1"));
}

TEST_F(ClockLevels, FromOneClockToAnotherAreAllBetween) {
  EXPECT_EQ(text_of(set(sm_clock_mhz, NumberSpan{600, 1366})), "");
  EXPECT_EQ(written_.all().back(), "pp_dpm_sclk 1 2 3");
}

TEST_F(ClockLevels, AreTheOnlyClocksThatThereAre) {
  EXPECT_EQ(text_of(set(mem_clock_mhz, 1200.0)), "") << "lowered to the level below";
  EXPECT_EQ(written_.all().back(), "pp_dpm_mclk 1");
  EXPECT_THAT(text_of(set(mem_clock_mhz, 2000.0)), HasSubstr("allowed 300..1750"));
  EXPECT_THAT(text_of(set(mem_clock_mhz, 200.0)), HasSubstr("allowed 300..1750"));
}

TEST_F(ClockLevels, OfAFineGrainedClockAreItsEndsAndNeverThePresentOne) {
  device_file("pp_dpm_sclk", "0: 500Mhz \n1: 31Mhz *\n2: 2219Mhz \n");
  EXPECT_THAT(state(sm_clock_mhz)->range.steps, ElementsAre(500, 2219));
  EXPECT_EQ(planned({{&sm_clock_mhz, 2219.0}}).back(), "pp_dpm_sclk 1");
  EXPECT_EQ(planned({{&sm_clock_mhz, 500.0}}).back(), "pp_dpm_sclk 0");
  EXPECT_EQ(planned({{&sm_clock_mhz, NumberSpan{500, 2219}}}).back(), "pp_dpm_sclk 0 1");
  device_file("pp_dpm_sclk", "0: 500Mhz *\n1: 2660Mhz \n");
  EXPECT_EQ(planned({{&sm_clock_mhz, 2660.0}}).back(), "pp_dpm_sclk 1");
}

TEST_F(ClockLevels, CannotBeToldInDeepSleep) {
  device_file("pp_dpm_sclk", "S: 19Mhz *\n0: 615Mhz\n1: 800Mhz\n2: 888Mhz\n3: 1000Mhz\n");
  EXPECT_EQ(state(sm_clock_mhz).error().code, Errc::unavailable);
}

TEST_F(ClockLevels, AreAllThereAgainAfterAReset) {
  EXPECT_THAT(default_of(mem_clock_mhz), IsEmpty()) << "the driver chooses by itself";
  device_file("power_dpm_force_performance_level", "manual\n");
  EXPECT_THAT(default_of(mem_clock_mhz), ElementsAre("pp_dpm_mclk 0 1 2"));
}

TEST_F(ClockLevels, AreKnownOnlyWhileTheDriverChooses) {
  EXPECT_EQ(state(mem_clock_mhz)->present.optional(), (SetpointValue(NumberSpan{300, 1750})));
  on_controller([](Controller& controller) {
    EXPECT_EQ(controller.value_of("pp_dpm_mclk").value(), "0 1 2");
    EXPECT_EQ(controller.writes(mem_clock_mhz, 300.0)->back().rest, "0 1 2");
  });
  device_file("power_dpm_force_performance_level", "manual\n");
  EXPECT_FALSE(state(mem_clock_mhz)->present);
  on_controller([](Controller& controller) {
    EXPECT_EQ(controller.value_of("pp_dpm_mclk").error().code, Errc::operation_not_supported);
  });
}

TEST_F(ClockLevels, NeedNotBeToldThatTheyAreAllThereOutOfLevelManual) {
  on_controller([&](Controller& controller) {
    EXPECT_TRUE(controller.write("pp_dpm_mclk", "0 1 2"));
    EXPECT_THAT(written_.all(), IsEmpty()) << "the driver would refuse it";
    EXPECT_TRUE(controller.write("pp_dpm_mclk", "0"));
    EXPECT_THAT(written_.all(), ElementsAre("pp_dpm_mclk 0"));
  });
}

TEST_F(ClockLevels, OfABlankFileAreUnsupported) {
  device_file("pp_dpm_mclk", "\n");
  EXPECT_EQ(state(mem_clock_mhz).error().code, Errc::operation_not_supported);
}

}  // namespace
}  // namespace accel::amd
