// The drivers' names of throttle reasons in the names of all vendors.
#include "backends/intel/throttle_reasons.hpp"

#include <gtest/gtest.h>

namespace accel::intel {
namespace {

TEST(ThrottleReasons, StandInTheOrderOfTheTableAndOnce) {
  EXPECT_EQ(normalised({"vr_tdc", "pl2", "prochot", "pl1", "thermal"}),
            (TextList{"thermal", "power_limit", "current_limit"}));
}

TEST(ThrottleReasons, HaveANormalisedNameEach) {
  for (const char* name : {"thermal", "prochot", "ratl", "vr_thermalert", "soc_thermal",
                           "soc_avg_thermal", "mem_thermal", "vr_thermal"}) {
    EXPECT_EQ(normalised({name}), TextList{"thermal"}) << name;
  }
  for (const char* name : {"pl1", "pl2", "pl4", "pwrbrk", "psys_pl1", "psys_pl2", "psys_crit"}) {
    EXPECT_EQ(normalised({name}), TextList{"power_limit"}) << name;
  }
  for (const char* name : {"vr_tdc", "iccmax", "fastvmode"}) {
    EXPECT_EQ(normalised({name}), TextList{"current_limit"}) << name;
  }
}

TEST(ThrottleReasons, AreNoneWhereAUserChoseTheClock) {
  EXPECT_EQ(normalised({"p0_freq"}), TextList{});
  EXPECT_EQ(normalised({}), TextList{});
}

TEST(ThrottleReasons, AreOtherWhereTheNameIsNew) {
  EXPECT_EQ(normalised({"moon_phase", "pl1"}), (TextList{"power_limit", "other"}));
}

TEST(ThrottleReasons, AreReadFromOneLine) {
  EXPECT_EQ(*parse_throttle_reasons("none"), TextList{});
  EXPECT_EQ(*parse_throttle_reasons(""), TextList{});
  EXPECT_EQ(*parse_throttle_reasons("pl1 thermal"), (TextList{"pl1", "thermal"}));
  EXPECT_EQ(*parse_throttle_reasons("  pl1\n pl1 "), TextList{"pl1"});
}

TEST(ThrottleReasons, AreNotReadFromGarbage) {
  EXPECT_EQ(parse_throttle_reasons("0x1f").has_value(), true) << "a name that is not known";
  EXPECT_EQ(parse_throttle_reasons("pl1,thermal").error().code, Errc::malformed);
  EXPECT_EQ(parse_throttle_reasons("\xff\xff").error().code, Errc::malformed);
}

}  // namespace
}  // namespace accel::intel
