#include "capture/pseudonyms.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace accel::capture {
namespace {

constexpr Key kKey{0x0706050403020100, 0x0f0e0d0c0b0a0908};

TEST(Siphash, GivesTheNumberOfThePaper) {
  std::string bytes;
  for (char c = 0; c < 15; ++c) bytes += c;

  EXPECT_EQ(siphash(kKey, bytes), 0xa129ca6149be45e5U);
}

TEST(Pseudonyms, KeepTheShapeOfANumber) {
  const Pseudonyms pseudonyms(kKey);

  const std::string uuid = pseudonyms.alike("5f0e12ab-9C3d-4e11-8888-0123456789ab");
  ASSERT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[8], '-');
  EXPECT_TRUE(std::ranges::all_of(uuid, [](unsigned char c) {
    return c == '-' || std::isxdigit(c);
  })) << uuid;
  const std::string digits = pseudonyms.alike("1324218012345");
  EXPECT_TRUE(std::ranges::all_of(digits, [](unsigned char c) { return std::isdigit(c) != 0; }));
  EXPECT_NE(digits, "1324218012345");
}

TEST(Pseudonyms, FitWhereTheNumberFits) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Pseudonyms pseudonyms({seed, 1});
    const std::string number = pseudonyms.alike("18446744073709551615");
    EXPECT_LT(number, "18446744073709551615");
    EXPECT_NE(number.front(), '0');
    EXPECT_NE(pseudonyms.alike("10000"), "10000") << "which has no smaller one of its length";
  }
}

TEST(Pseudonyms, AreTheSameForTheSame) {
  const Pseudonyms pseudonyms(kKey);

  EXPECT_EQ(pseudonyms.alike("A0:36:9F"), pseudonyms.alike("A0:36:9F"));
  EXPECT_EQ(core_of(pseudonyms.alike("a0:36:9f:11:22:33")), pseudonyms.alike("a0369f112233"))
      << "with separators or without";
  EXPECT_NE(pseudonyms.alike("a0369f112233"), pseudonyms.alike("a0369f112234"));
}

TEST(Pseudonyms, DependOnTheKey) {
  const Pseudonyms one(kKey);
  const Pseudonyms other({1, 2});

  EXPECT_NE(one.alike("1324218012345"), other.alike("1324218012345"));
  EXPECT_NE(one.named("host", "n1"), other.named("host", "n1"));
}

TEST(Pseudonyms, NeverGiveBackWhatTheyHide) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Pseudonyms pseudonyms({seed, 0});
    EXPECT_NE(pseudonyms.alike("7"), "7") << seed;
  }
}

}  // namespace
}  // namespace accel::capture
