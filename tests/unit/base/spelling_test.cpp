#include "base/spelling.hpp"

#include <gtest/gtest.h>

#include <array>

namespace accel::base {
namespace {

constexpr std::array<std::string_view, 5> kNames{"list", "status", "doctor", "version", "help"};

TEST(Spelling, CountsASwapOfNeighboursOnce) {
  EXPECT_EQ(distance("lsit", "list"), 1U);
  EXPECT_EQ(distance("", "abc"), 3U);
  EXPECT_EQ(distance("kitten", "sitting"), 3U);
  EXPECT_EQ(distance("same", "same"), 0U);
}

TEST(Spelling, SuggestsWhatIsNear) {
  EXPECT_EQ(suggestion("lsit", kNames), "did you mean list?");
  EXPECT_EQ(suggestion("docter", kNames), "did you mean doctor?");
  EXPECT_EQ(suggestion("ver", kNames), "did you mean version?");
}

TEST(Spelling, SuggestsNothingThatIsFar) {
  EXPECT_EQ(suggestion("xyzzy", kNames), "");
  EXPECT_EQ(suggestion("", kNames), "");
}

TEST(Spelling, NamesAtMostThree) {
  constexpr std::array<std::string_view, 4> near{"aab", "aac", "aad", "aae"};

  EXPECT_EQ(suggestion("aaa", near), "did you mean aab, aac or aad?");
}

}  // namespace
}  // namespace accel::base
