#include "base/quantity_text.hpp"

#include <gtest/gtest.h>

namespace accel::base {
namespace {

TEST(QuantityText, ReadsDurationsWithTheirUnit) {
  EXPECT_EQ(parse_duration("500ms").value(), milliseconds(500));
  EXPECT_EQ(parse_duration("1s").value(), seconds(1));
  EXPECT_EQ(parse_duration("1.5 s").value(), milliseconds(1500));
  EXPECT_EQ(parse_duration("1h30min").value(), seconds(5400));
  EXPECT_EQ(parse_duration("2d").value(), seconds(172'800));
}

TEST(QuantityText, ReadsSizesOfBothBases) {
  EXPECT_EQ(parse_size("4GiB").value(), bytes(4LL << 30));
  EXPECT_EQ(parse_size("4GB").value(), bytes(4'000'000'000));
  EXPECT_EQ(parse_size("0.5KiB").value(), bytes(512));
}

TEST(QuantityText, ReadsPowers) {
  EXPECT_EQ(parse_power("250W").value(), milliwatts(250'000));
  EXPECT_EQ(parse_power("0.3 kW").value(), milliwatts(300'000));
}

TEST(QuantityText, UnderstandsNoBareNumber) {
  const auto refused = parse_duration("3");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid_argument);
  EXPECT_EQ(refused.error().message, "not a duration: '3': it has no unit");
  EXPECT_EQ(refused.error().remedy, "write a number and one of the units ns us ms s min h d");
}

TEST(QuantityText, RefusesWhatIsNoQuantity) {
  for (const char* text : {"", "s", "-1s", "1x", "1 ", "1.2.3s", "nan s", "infs", "1e3s", "1s ",
                           " 1s", "1s2", "99999999999999999999d", "1h9223372036s9223372036s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
  for (const char* text : {"1GiB2MiB", "1gib", "8EiB", "99999999PiB"}) {
    EXPECT_FALSE(parse_size(text)) << text;
  }
  EXPECT_FALSE(parse_power("250w"));
}

}  // namespace
}  // namespace accel::base
