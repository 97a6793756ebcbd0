#include "accel/reading.hpp"

#include <gtest/gtest.h>

#include "accel/units.hpp"

namespace accel {
namespace {

TEST(Reading, IsUnsupportedUntilSomethingIsKnown) {
  const Reading<Power> reading;
  EXPECT_FALSE(reading);
  EXPECT_EQ(reading.status(), ReadingStatus::unsupported);
}

TEST(Reading, HoldsAValueOnlyWhenOkOrStale) {
  for (int code = 0; code <= static_cast<int>(ReadingStatus::pending); ++code) {
    const auto status = static_cast<ReadingStatus>(code);
    Reading<Power> reading = milliwatts(5);
    if (status == ReadingStatus::stale) reading.mark_stale("3 intervals old");
    if (status != ReadingStatus::ok && status != ReadingStatus::stale) {
      reading = Absence{status, "why", "what helps"};
    }

    EXPECT_EQ(reading.status(), status);
    EXPECT_EQ(reading.has_value(), status == ReadingStatus::ok || status == ReadingStatus::stale);
  }
}

TEST(Reading, HasStableNumbersAndNamesForItsStatus) {
  constexpr std::string_view names[] = {"ok",        "unsupported",    "no_permission", "asleep",
                                        "stale",     "hung",           "lost",          "error",
                                        "no_driver", "needs_workload", "pending"};
  for (std::size_t code = 0; code < std::size(names); ++code) {
    EXPECT_EQ(to_string(static_cast<ReadingStatus>(code)), names[code]);
  }
}

TEST(Reading, RemembersItsSourceAndTime) {
  const Reading<Power> reading{milliwatts(5), "power1_average", SteadyTime(7)};
  EXPECT_EQ(reading.source(), "power1_average");
  EXPECT_EQ(reading.time(), SteadyTime(7));
  EXPECT_EQ(*reading, milliwatts(5));
}

TEST(Reading, TurnsAFailureIntoItsStatusAndRemedy) {
  const Error denied{Errc::permission_denied, "nvml: No Permission", "needs CAP_SYS_ADMIN", {}};
  const Reading<Power> reading = Result<Power>(denied);

  EXPECT_FALSE(reading);
  EXPECT_EQ(reading.status(), ReadingStatus::no_permission);
  EXPECT_EQ(reading.reason(), "nvml: No Permission");
  EXPECT_NE(reading.remedy().find("CAP_SYS_ADMIN"), std::string::npos);
}

TEST(Reading, KnowsTheStatusOfEachError) {
  EXPECT_EQ(status_of(Errc::operation_not_supported), ReadingStatus::unsupported);
  EXPECT_EQ(status_of(Errc::not_found), ReadingStatus::unsupported);
  EXPECT_EQ(status_of(Errc::permission_denied), ReadingStatus::no_permission);
  EXPECT_EQ(status_of(Errc::driver_not_found), ReadingStatus::no_driver);
  EXPECT_EQ(status_of(Errc::timeout), ReadingStatus::hung);
  EXPECT_EQ(status_of(Errc::device_lost), ReadingStatus::lost);
  EXPECT_EQ(status_of(Errc::device_asleep), ReadingStatus::asleep);
  EXPECT_EQ(status_of(Errc::malformed), ReadingStatus::error);
  EXPECT_EQ(status_of(Errc::io_error), ReadingStatus::error);
  EXPECT_EQ(status_of(Errc::unavailable), ReadingStatus::error);
}

TEST(Reading, KeepsAStaleValueWithItsAgeAndReason) {
  Reading<Power> reading{milliwatts(5), "f", SteadyTime(7)};
  reading.mark_stale("the probe is gone");

  EXPECT_EQ(*reading, milliwatts(5));
  EXPECT_EQ(reading.status(), ReadingStatus::stale);
  EXPECT_EQ(reading.time(), SteadyTime(7));
  EXPECT_EQ(reading.reason(), "the probe is gone");
}

TEST(Reading, DoesNotBecomeStaleWithoutAValue) {
  Reading<Power> reading = Absence{ReadingStatus::asleep, "suspended", ""};
  reading.mark_stale("old");

  EXPECT_EQ(reading.status(), ReadingStatus::asleep);
  EXPECT_EQ(reading.reason(), "suspended");
}

}  // namespace
}  // namespace accel
