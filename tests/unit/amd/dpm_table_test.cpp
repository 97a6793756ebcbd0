#include "backends/amd/dpm_table.hpp"

#include <gtest/gtest.h>

namespace accel::amd {
namespace {

TEST(DpmTable, TellsTheActiveAndTheHighestLevel) {
  const auto table = parse_dpm_table("0: 300Mhz \n1: 1500Mhz *\n2: 1750Mhz \n");

  ASSERT_TRUE(table);
  EXPECT_EQ(table->present(), 1500);
  EXPECT_EQ(table->highest(), 1750);
}

// As an RX 9070 XT prints it.
TEST(DpmTable, TakesDeepSleepForAClockAndNotForALevel) {
  const auto table = parse_dpm_table("S: 19Mhz *\n0: 615Mhz\n1: 800Mhz\n2: 888Mhz\n3: 1000Mhz\n");

  ASSERT_TRUE(table);
  EXPECT_EQ(table->present(), 19);
  EXPECT_FALSE(table->highest()) << "in deep sleep the rows are not the levels";
  EXPECT_FALSE(table->levels[0].index);
}

TEST(DpmTable, KnowsThePresentClockOfSeveralMarksOnlyIfTheyAgree) {
  // As Van Gogh and, with two clocks, as a chip between levels.
  EXPECT_EQ(parse_dpm_table("2: 687Mhz *\n3: 687Mhz *\n")->present(), 687);
  EXPECT_FALSE(parse_dpm_table("2: 600Mhz *\n3: 687Mhz *\n")->present());
  EXPECT_FALSE(parse_dpm_table("2: 600Mhz\n3: 687Mhz\n")->present());
}

TEST(DpmTable, TakesAGatedClockForZero) {
  EXPECT_EQ(parse_dpm_table("0: 0Mhz *\n1: 0Mhz *\n")->present(), 0);
  EXPECT_FALSE(parse_dpm_table("0: 0Mhz *\n1: 0Mhz *\n")->highest());
}

TEST(DpmTable, IsEmptyForAnEmptyText) {
  ASSERT_TRUE(parse_dpm_table(""));
  EXPECT_FALSE(parse_dpm_table("\n \n")->highest());
}

TEST(DpmTable, RefusesEverythingElse) {
  for (const char* text :
       {"unknown", "0: 300", "0 300Mhz", "0: 300Mhz +", "0: 300Mhz * *", "-1: 300Mhz", "0: -3Mhz",
        "0: 99999999Mhz", "0: 2.5GT/s, x8", "0: 300Mhz\nx", ": 5Mhz"}) {
    EXPECT_FALSE(parse_dpm_table(text)) << text;
  }
}

}  // namespace
}  // namespace accel::amd
