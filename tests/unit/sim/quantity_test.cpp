// Quantities with units in scenario files and faults.
#include <gtest/gtest.h>

#include "model/duration.hpp"
#include "model/node.hpp"

namespace accel::sim {
namespace {

TEST(Quantity, ReadsDurationsInEveryUnit) {
  EXPECT_EQ(parse_duration("250us"), 250'000);
  EXPECT_EQ(parse_duration("1.5s"), 1'500'000'000);
  EXPECT_EQ(parse_duration("2 min"), 120'000'000'000);
  EXPECT_EQ(parse_duration("1h"), 3'600'000'000'000);
}

TEST(Quantity, ReadsSizesOfBothKinds) {
  EXPECT_EQ(parse_size("80 GiB"), 80ULL << 30);
  EXPECT_EQ(parse_size("2 TB"), 2'000'000'000'000ULL);
  EXPECT_EQ(parse_size("4096 B"), 4096U);
}

TEST(Quantity, ReadsPowersInMilliwatts) {
  EXPECT_EQ(parse_power("700 W"), 700'000U);
  EXPECT_EQ(parse_power("300 mW"), 300U);
}

TEST(Quantity, RefusesWhatHasNoUnitOrIsNegativeOrNotFinite) {
  for (const char* text : {"5", "", "s", "-1s", "nans", "infs", "5 parsecs", "1e30 s"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_size("80"), std::nullopt);
  EXPECT_EQ(parse_power("99999999999 W"), std::nullopt);
}

TEST(Quantity, OrdersDriverVersions) {
  EXPECT_LT(version_number("535.183.01"), version_number("550.40.07"));
  EXPECT_LT(version_number("580.82.07"), version_number("580.95.05"));
  EXPECT_EQ(version_number("0"), 0U);
}

}  // namespace
}  // namespace accel::sim
