#include "render/csv.hpp"

#include <gtest/gtest.h>

namespace accel::render {
namespace {

TEST(Csv, EndsLinesAsTheRfcHasIt) {
  EXPECT_EQ(csv({{"a", "b"}, {{1, "x"}}}, ""), "a,b\r\n1,x\r\n");
}

TEST(Csv, QuotesCommasQuotesAndLineBreaks) {
  EXPECT_EQ(csv({{"a"}, {{"x,\"y\"\nz"}}}, ""), "a\r\n\"x,\"\"y\"\"\nz\"\r\n");
}

TEST(Csv, LeavesWhatIsAbsentEmpty) { EXPECT_EQ(csv({{"a", "b"}, {{{}, 0}}}, ""), "a,b\r\n,0\r\n"); }

TEST(Csv, SaysInItsFirstColumnThatItIsSimulated) {
  EXPECT_EQ(csv({{"a"}, {{1}, {2}}}, "dgx-h100"), "simulated,a\r\ndgx-h100,1\r\ndgx-h100,2\r\n");
}

TEST(Csv, JoinsListsIntoOneCell) {
  EXPECT_EQ(csv({{"a"}, {{Document::Array{"x", "y"}}}}, ""), "a\r\nx;y\r\n");
}

TEST(Csv, RepairsTextThatIsNotUtf8) {
  EXPECT_EQ(csv({{"a"}, {{"x\xFF"}}}, ""), "a\r\nx\xEF\xBF\xBD\r\n");
}

}  // namespace
}  // namespace accel::render
