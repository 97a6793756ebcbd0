#include "backends/amd/profile_table.hpp"

#include <gmock/gmock.h>

namespace accel::amd {
namespace {

using ::testing::ElementsAre;

/// "0 BOOTUP_DEFAULT", with a star behind the active one.
std::vector<std::string> read(std::string_view text) {
  const auto profiles = parse_power_profiles(text);
  if (!profiles) return {profiles.error().message};
  std::vector<std::string> texts;
  for (const PowerProfile& profile : *profiles) {
    texts.push_back(std::to_string(profile.index) + " " + profile.name +
                    (profile.is_active ? "*" : ""));
  }
  return texts;
}

TEST(PowerProfiles, OfPolarisHaveParametersInTheirRow) {
  EXPECT_THAT(read("NUM        MODE_NAME     SCLK_UP_HYST   SCLK_DOWN_HYST\n"
                   "  0   BOOTUP_DEFAULT:        -                -\n"
                   "  1 3D_FULL_SCREEN *:        0              100\n"
                   "  2     POWER_SAVING:       10                0\n"),
              ElementsAre("0 BOOTUP_DEFAULT", "1 3D_FULL_SCREEN*", "2 POWER_SAVING"));
}

TEST(PowerProfiles, OfRdnaHaveParametersBelow) {
  EXPECT_THAT(read("PROFILE_INDEX(NAME) CLOCK_TYPE(NAME) FPS MinActiveFreqType\n"
                   " 0 BOOTUP_DEFAULT*:\n"
                   "                    0(       GFXCLK)       0       1       0\n"
                   "                    1(         FCLK)       0       3       0\n"
                   " 4             VR :\n"
                   "                    0(       GFXCLK)       0       2    1000\n"),
              ElementsAre("0 BOOTUP_DEFAULT*", "4 VR"));
}

TEST(PowerProfiles, MayAllStandInOneRow) {
  // smu_v13_0_7_get_power_profile_mode: "%d %-14s%s", with "* " or two blanks.
  EXPECT_THAT(
      read("                              0 BOOTUP_DEFAULT* 1 3D_FULL_SCREEN  2 POWER_SAVING  "
           " 3 VIDEO           4 VR              5 COMPUTE         \n"
           "FPS    0(  GFXCLK)    0    5\n"),
      ElementsAre("0 BOOTUP_DEFAULT*", "1 3D_FULL_SCREEN", "2 POWER_SAVING", "3 VIDEO", "4 VR",
                  "5 COMPUTE"));
  EXPECT_THAT(read("0 BOOTUP_DEFAULT  3 VIDEO         * 4 VR              \n"),
              ElementsAre("0 BOOTUP_DEFAULT", "3 VIDEO*", "4 VR"));
  EXPECT_THAT(read("0 BOOTUP_DEFAULT  4 VR   * 5 COMPUTE\n"),
              ElementsAre("0 BOOTUP_DEFAULT", "4 VR", "5 COMPUTE*"));
}

TEST(PowerProfiles, OfVanGoghAreABareListWithGaps) {
  EXPECT_THAT(read(" 1 3D_FULL_SCREEN \n 3          VIDEO \n 8         CAPPED*\n"),
              ElementsAre("1 3D_FULL_SCREEN", "3 VIDEO", "8 CAPPED*"));
}

TEST(PowerProfiles, OfAnotherFormAreRefused) {
  EXPECT_THAT(read("nothing here\n"), ElementsAre("no list of power profiles"));
  EXPECT_THAT(read(" 0 VIDEO*:\n 1 VR*:\n"), ElementsAre("no list of power profiles"));
  EXPECT_THAT(read(""), ElementsAre("no list of power profiles"));
}

}  // namespace
}  // namespace accel::amd
