// Shares of time from counters of time.
#include "backends/intel/time_share.hpp"

#include <gtest/gtest.h>

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

TEST(TimeShare, IsPendingForTheFirstSample) {
  TimeShare share;

  EXPECT_EQ(share.advance(5s, 100s, "file").status(), ReadingStatus::pending);
}

TEST(TimeShare, IsWhatTheCounterGainedOfTheTimeThatPassed) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");

  EXPECT_EQ(*share.advance(5s + 250ms, 101s, "file"), ratio(0.25));
  EXPECT_EQ(share.last().source(), "file");
  EXPECT_EQ(share.last().time(), 101s);
}

TEST(TimeShare, OfACounterThatIsReadALittleLaterIsWhole) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");

  EXPECT_EQ(*share.advance(6s + 20ms, 101s, "file"), ratio(1.0));
}

TEST(TimeShare, IsNoneWhereTheCounterGainedMoreThanTimePassed) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");

  EXPECT_EQ(share.advance(8s, 101s, "file").status(), ReadingStatus::error);
}

TEST(TimeShare, StartsAnewWhenTheCounterFell) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");

  EXPECT_EQ(share.advance(1s, 101s, "file").status(), ReadingStatus::pending);
  EXPECT_EQ(*share.advance(1s + 500ms, 102s, "file"), ratio(0.5));
}

TEST(TimeShare, NeedsTimeToPass) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");

  EXPECT_EQ(share.advance(5s, 100s, "file").status(), ReadingStatus::pending);
  EXPECT_EQ(*share.advance(5s + 500ms, 101s, "file"), ratio(0.5));
}

TEST(TimeShare, ForgetsWhatItMayNotCompareWith) {
  TimeShare share;
  (void)share.advance(5s, 100s, "file");
  share.forget();

  EXPECT_TRUE(share.is_due(100s, 1s));
  EXPECT_EQ(share.advance(6s, 101s, "file").status(), ReadingStatus::pending);
}

}  // namespace
}  // namespace accel::intel
