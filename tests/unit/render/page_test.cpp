#include "render/page.hpp"

#include <gtest/gtest.h>

namespace accel::render {
namespace {

TEST(Page, NeverBreaksALineThatGoesToNoTerminal) {
  const std::string text(300, 'x');

  EXPECT_EQ(Page(Look{}).line(2, text).take(), "  " + text + "\n");
}

TEST(Page, BreaksALongValueUnderItsBeginning) {
  const std::string text =
      Page(Look{40, false}).label(2, 12, {"name", "one two three four five six seven"}).take();

  EXPECT_EQ(text,
            "  name      one two three four five six\n"
            "            seven\n");
}

TEST(Page, BreaksAWordThatIsLongerThanALine) {
  const std::string text = Page(Look{30, false}).line(0, std::string(45, 'x')).take();

  EXPECT_EQ(text, std::string(30, 'x') + "\n" + std::string(15, 'x') + "\n");
}

TEST(Page, AlignsColumnsByWhatIsSeen) {
  EXPECT_EQ(Page(Look{}).table(0, {"A", "B"}, {{"62 °C", "x"}, {"7", "y"}}).take(),
            "A      B\n62 °C  x\n7      y\n");
}

TEST(Page, EndsNoLineInBlanks) {
  EXPECT_EQ(Page(Look{}).table(2, {"A", "B", "C"}, {{"x", "", "z"}, {"x", "y", ""}}).take(),
            "  A  B  C\n  x     z\n  x  y\n");
}

TEST(Page, FillsTheWidthOfATerminal) {
  const std::vector<Label> labels{{"a", "1"}, {"b", "2"}, {"c", "3"}};

  EXPECT_EQ(Page(Look{14, false}).grid(0, labels).take(), "a  1   b  2\nc  3\n");
  EXPECT_EQ(Page(Look{200, false}).grid(0, labels).take(), "a  1   b  2   c  3\n");
}

TEST(Page, HasNoColourUnlessAsked) {
  EXPECT_EQ(Page(Look{}).line(0, "x", Tone::bad).take(), "x\n");
  EXPECT_EQ(Page(Look{80, true}).line(0, "x", Tone::bad).take(), "\x1b[31mx\x1b[0m\n");
}

TEST(Page, SaysSimulatedInTheFirstLine) {
  const std::string text = Page(Look{}).simulated("dgx-h100").line(0, "x").take();

  EXPECT_EQ(text.substr(0, text.find('\n')), "SIMULATED dgx-h100: not this machine's hardware");
  EXPECT_EQ(Page(Look{}).simulated("").take(), "");
}

}  // namespace
}  // namespace accel::render
