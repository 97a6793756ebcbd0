#include "backends/amd/ras.hpp"

#include <gtest/gtest.h>

namespace accel::amd {
namespace {

TEST(RasCounts, AreReadWithAndWithoutDeferredOnes) {
  const auto old = parse_ras_counts("ue: 1\nce: 2\n");
  const auto newer = parse_ras_counts("ue: 0\nce: 7\nde: 3");

  ASSERT_TRUE(old && newer);
  EXPECT_EQ(old->uncorrected, 1);
  EXPECT_EQ(old->corrected, 2);
  EXPECT_FALSE(old->deferred);
  EXPECT_EQ(newer->deferred, 3);
}

TEST(RasCounts, AreUnavailableWhileTheDriverSaysSo) {
  EXPECT_EQ(parse_ras_counts("Query currently inaccessible\n").error().code, Errc::unavailable);
}

TEST(RasCounts, AreNeverGuessed) {
  for (const char* text : {"", "ue: 1", "ce: 1", "ue: x\nce: 1", "ue: -1\nce: 1", "ue: 1 2\nce: 1",
                           "total: 3\nue: 1\nce: 1"}) {
    EXPECT_EQ(parse_ras_counts(text).error().code, Errc::malformed) << text;
  }
}

TEST(BadPages, AreCountedByWhatBecameOfThem) {
  const auto pages = parse_bad_pages(
      "0x00000001 : 0x00001000 : R\n0x00000002 : 0x00001000 : P\n0x00000003 : 0x00001000 : F\n"
      "0x00000004 : 0x00001000 : R\n");

  ASSERT_TRUE(pages);
  EXPECT_EQ(pages->retired, 2);
  EXPECT_EQ(pages->pending, 1);
  EXPECT_EQ(pages->failed, 1);
}

TEST(BadPages, AreNoneInAnEmptyList) { EXPECT_EQ(parse_bad_pages("")->retired, 0); }

TEST(BadPages, RefuseOtherLines) {
  EXPECT_FALSE(parse_bad_pages("0x1 : 0x1000 : X"));
  EXPECT_FALSE(parse_bad_pages("0x1 : 0x1000"));
  EXPECT_FALSE(parse_bad_pages("garbage"));
}

}  // namespace
}  // namespace accel::amd
