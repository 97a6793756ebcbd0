#include "render/utf8.hpp"

#include <gtest/gtest.h>

namespace accel::render {
namespace {

TEST(Utf8, CountsColumnsNotBytes) { EXPECT_EQ(columns("62 °C"), 5U); }

TEST(Utf8, ReadsTheNumberOfACodePoint) {
  EXPECT_EQ(first_code_point("\xE2\x82\xAC").number, 0x20ACU);
  EXPECT_EQ(first_code_point("\xF0\x9F\x9A\x80").number, 0x1F680U);
}

TEST(Utf8, KeepsADevicesNameFromMovingTheCursor) {
  EXPECT_EQ(printable("H100\x1b[2J\rX"), "H100\xEF\xBF\xBD[2J\xEF\xBF\xBDX");
  EXPECT_EQ(printable("a\tb\nc"), "a b c");
}

TEST(Utf8, ReplacesEachBadByteAndGoesOn) {
  EXPECT_EQ(valid_utf8("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace accel::render
