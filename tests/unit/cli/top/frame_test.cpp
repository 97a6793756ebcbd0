// Text in cells.
#include "cli/top/frame.hpp"

#include <gtest/gtest.h>

namespace accel::cli::top {
namespace {

Frame frame(Size size, bool unicode = true) {
  Frame made;
  made.reset(size, unicode);
  return made;
}

TEST(Frame, EndsALongTextInAnEllipsis) {
  Frame page = frame({1, 8});

  page.put(0, 0, "sw_power_cap");
  EXPECT_EQ(page.text(), "sw_powe…\n");
}

TEST(Frame, ShowsATextThatFitsExactlyInWhole) {
  Frame page = frame({1, 8});

  EXPECT_EQ(page.put(0, 0, "abcd", Style::plain, 4), 4U);
  EXPECT_EQ(page.text(), "abcd\n");
}

TEST(Frame, CutsOffWhatLiesOutside) {
  Frame page = frame({2, 4});

  page.put(5, 0, "below");
  page.put(0, 9, "right");
  page.put_glyph(9, 9, U'x', Style::plain);
  page.paint(7, Style::bad);
  page.clear(1, 2, {9, 9});
  EXPECT_EQ(page.text(), "\n\n");
}

TEST(Frame, GivesWideGlyphsTwoCellsAndCombiningOnesNone) {
  Frame page = frame({1, 8});

  EXPECT_EQ(page.put(0, 0, "漢e\xCC\x81!"), 4U);
  EXPECT_EQ(page.at(0, 1).glyph, 0U);
  EXPECT_EQ(page.text(), "漢e!\n");
}

TEST(Frame, DoesNotCutAWideGlyphInHalf) {
  Frame page = frame({1, 3});

  page.put(0, 0, "漢漢");
  EXPECT_EQ(page.text(), "漢…\n");
}

TEST(Frame, WithoutUnicodeHoldsAsciiOnly) {
  Frame page = frame({1, 20}, false);

  page.put(0, 0, "64°C ü 漢 ");
  page.put_glyph(0, 12, kLowestBlock, Style::plain);
  page.put_glyph(0, 13, kLowestBlock + 7, Style::plain);
  EXPECT_EQ(page.text(), "64 C ? ?    _#\n");
}

TEST(Frame, MakesControlCharactersAndBrokenBytesVisible) {
  Frame page = frame({1, 8});

  page.put(0, 0,
           "a\x1b\xff"
           "b");
  EXPECT_EQ(page.text(),
            "a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b\n");
}

TEST(Frame, RightAlignedTextEndsWhereItShould) {
  Frame page = frame({1, 8});

  page.put_right(0, 6, "83%", Style::plain, 5);
  EXPECT_EQ(page.text(), "   83%\n");
}

TEST(Frame, KeepsNothingOfWhatWasBefore) {
  Frame page = frame({1, 4});
  page.put(0, 0, "old");
  page.reset({2, 3}, true);

  EXPECT_EQ(page.text(), "\n\n");
}

TEST(TextWidth, CountsColumns) {
  EXPECT_EQ(text_width(""), 0U);
  EXPECT_EQ(text_width("°C"), 2U);
  EXPECT_EQ(text_width("漢字"), 4U);
  EXPECT_EQ(text_width("\xff"), 1U);
}

TEST(Utf8, ComesBackAsItWentIn) {
  std::string text;
  for (const char32_t point : {U'a', U'ü', U'漢', U'\U0001F600'}) append_utf8(point, text);

  EXPECT_EQ(text, "aü漢\xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace accel::cli::top
