#include "unit/amd/control/fixture.hpp"

namespace accel::amd {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the words of these tests
using setpoint::performance_level;
using setpoint::power_profile;
using std::string_literals::operator""s;

constexpr const char* kLevelFile = "power_dpm_force_performance_level";

class PerformanceLevel : public Settings {
 protected:
  PerformanceLevel() { device_file(kLevelFile, "auto\n"); }
};

TEST_F(PerformanceLevel, IsHighForMostAutoForBalancedLowForLeastAndManualForOwnValues) {
  for (const char* word : {"high", "auto", "low", "manual"}) {
    EXPECT_EQ(text_of(set(performance_level, std::string(word))), "");
  }
  EXPECT_THAT(written_.all(), ElementsAre(kLevelFile + " high"s, kLevelFile + " auto"s,
                                          kLevelFile + " low"s, kLevelFile + " manual"s));
}

TEST_F(PerformanceLevel, IsOneOfTheDriversWords) {
  EXPECT_THAT(text_of(set(performance_level, "fast"s)),
              HasSubstr("Invalid value for performance_level: fast"));
  EXPECT_THAT(text_of(set(performance_level, "profile_exit"s)), HasSubstr("Invalid value"))
      << "an order, no level";
  EXPECT_THAT(text_of(set(performance_level, "perf_determinism"s)), HasSubstr("Invalid value"))
      << "of MI200 and MI300";
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(PerformanceLevel, MayBeDeterminismOnAnAcceleratorWhoseClockTableHasNoRange) {
  device_file("pp_od_clk_voltage",
              "OD_SCLK:\n0: 500Mhz\n1: 2100Mhz\nOD_MCLK:\n0: 900Mhz\n1: 1300Mhz\n");
  EXPECT_EQ(text_of(set(performance_level, "perf_determinism"s)), "");
}

TEST_F(PerformanceLevel, GoesBackToAuto) {
  EXPECT_EQ(text_of(set(performance_level, "low"s)), "");
  EXPECT_EQ(text_of(reset(performance_level)), "");
  EXPECT_EQ(written_.all().back(), kLevelFile + " auto"s);
}

TEST_F(PerformanceLevel, EndsTheChoiceOfLevelsThatItWouldDropSoThatItCanComeBack) {
  device_file(kLevelFile, "manual\n");
  device_file("pp_dpm_mclk", "0: 96Mhz *\n1: 456Mhz \n2: 1000Mhz \n");
  EXPECT_THAT(planned({{&performance_level, "auto"s}}),
              ElementsAre("pp_dpm_mclk 0 1 2", kLevelFile + " auto"s));
}

TEST_F(PerformanceLevel, KeepsTheRangeOfAChipThatItWouldDropSoThatItCanComeBack) {
  device_file(kLevelFile, "manual\n");
  device_file("pp_od_clk_voltage",
              "OD_SCLK:\n0: 900Mhz\n1: 1500Mhz\nOD_RANGE:\nSCLK: 800Mhz 2700Mhz\n");
  EXPECT_THAT(planned({{&performance_level, "auto"s}}),
              ElementsAre("pp_od_clk_voltage s 0 900", "pp_od_clk_voltage s 1 1500",
                          kLevelFile + " auto"s));
}

TEST_F(PerformanceLevel, OfAGpuWithoutOneIsUnsupported) {
  tree_.files.remove(card_ / kLevelFile);
  EXPECT_EQ(state(performance_level).error().code, Errc::operation_not_supported);
}

class PowerProfile : public PerformanceLevel {
 protected:
  PowerProfile() {
    device_file("pp_power_profile_mode",
                "NUM        MODE_NAME     SCLK_UP_HYST\n"
                "  0   BOOTUP_DEFAULT:        -\n"
                "  1 3D_FULL_SCREEN *:        0\n"
                "  5          COMPUTE:        0\n"
                "  6           CUSTOM:        -\n");
    written_.keep("pp_power_profile_mode");
  }
};

TEST_F(PowerProfile, IsWrittenAsItsIndexInLevelManual) {
  EXPECT_THAT(planned({{&power_profile, "COMPUTE"s}}),
              ElementsAre(kLevelFile + " manual"s, "pp_power_profile_mode 5"));
}

TEST_F(PowerProfile, IsOneThatIsListedAndNeedsNoParameters) {
  const auto state = this->state(power_profile);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->present.optional(), SetpointValue("3D_FULL_SCREEN"s));
  EXPECT_THAT(state->range.words, ElementsAre("BOOTUP_DEFAULT", "3D_FULL_SCREEN", "COMPUTE"));
}

TEST_F(PowerProfile, GoesBackToTheOneBefore) {
  EXPECT_THAT(default_of(power_profile), ElementsAre("pp_power_profile_mode (as it was)"));
}

TEST_F(PowerProfile, IsNotChangedWhereThereWouldBeNoWayBack) {
  device_file("pp_power_profile_mode", " 1 3D_FULL_SCREEN \n 5        COMPUTE \n");
  EXPECT_THAT(state(power_profile).error().text(), HasSubstr("none is marked"));
  device_file("pp_power_profile_mode", " 1 3D_FULL_SCREEN \n 6         CUSTOM*\n");
  EXPECT_THAT(state(power_profile).error().text(), HasSubstr("parameters of its own"));
}

TEST_F(PowerProfile, NeedNotBeToldAgainOutOfLevelManual) {
  on_controller([&](Controller& controller) {
    EXPECT_TRUE(controller.write("pp_power_profile_mode", "1"));
    EXPECT_THAT(written_.all(), IsEmpty()) << "the driver would refuse it";
    EXPECT_TRUE(controller.write("pp_power_profile_mode", "5"));
    EXPECT_THAT(written_.all(), ElementsAre("pp_power_profile_mode 5"));
  });
}

}  // namespace
}  // namespace accel::amd
