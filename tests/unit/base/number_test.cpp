#include "base/number.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace accel::base {
namespace {

TEST(NumberText, WritesWholeNumbersWithoutAnExponent) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(30), "30");
  EXPECT_EQ(number_text(-5), "-5");
  EXPECT_EQ(number_text(1e6), "1000000");
  EXPECT_EQ(number_text(25753026560.0), "25753026560");
}

TEST(NumberText, WritesFractionsAsShortAsTheyReadBack) {
  EXPECT_EQ(number_text(1.5), "1.5");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(250.7), "250.7");
}

TEST(NumberText, NamesWhatIsNoNumber) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "inf");
}

TEST(NumberText, ReadsBackAsTheSameNumberWhateverItIs) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 5000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;

    const auto back = parse_double(number_text(value));

    ASSERT_TRUE(back) << number_text(value);
    EXPECT_EQ(*back, value) << number_text(value);
  }
}

TEST(ParseInteger, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_integer("46000").value(), 46000);
  EXPECT_EQ(parse_integer("-1").value(), -1);
  for (const char* text : {"", " ", " 1", "1 ", "+1", "1.0", "0x10", "abc", "1\n", "--1", "1e3"}) {
    const auto value = parse_integer(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, Errc::malformed);
    EXPECT_NE(value.error().message.find(text), std::string::npos);
  }
}

TEST(ParseInteger, RefusesWhatDoesNotFit) {
  EXPECT_EQ(parse_integer("9223372036854775807").value(), std::numeric_limits<std::int64_t>::max());
  EXPECT_FALSE(parse_integer("9223372036854775808"));
  EXPECT_FALSE(parse_integer("-9223372036854775809"));
}

TEST(ParseInteger, ReadsBackEveryInteger) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 2000; ++i) {
    const auto value = static_cast<std::int64_t>(random() >> (random() % 64));
    EXPECT_EQ(parse_integer(std::to_string(value)).value(), value);
  }
}

TEST(ParseHex, TakesDigitsWithOrWithoutItsPrefix) {
  EXPECT_EQ(parse_hex("0x10de").value(), 0x10deU);
  EXPECT_EQ(parse_hex("10DE").value(), 0x10deU);
  EXPECT_EQ(parse_hex("0xffffffffffffffff").value(), std::numeric_limits<std::uint64_t>::max());
  for (const char* text : {"", "0x", "x10", "-1", "0x10 ", "g", "0x1ffffffffffffffff"}) {
    EXPECT_FALSE(parse_hex(text)) << text;
  }
}

TEST(ParseDouble, RefusesWhatIsNoFiniteNumber) {
  EXPECT_EQ(parse_double("16.0").value(), 16.0);
  EXPECT_EQ(parse_double("-2.5").value(), -2.5);
  for (const char* text : {"", "nan", "inf", "-inf", "1e999", "1,5", "1.5 W", "Unknown"}) {
    EXPECT_FALSE(parse_double(text)) << text;
  }
}

}  // namespace
}  // namespace accel::base
