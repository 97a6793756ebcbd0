// Columns: what they say, and which of them there is room for.
#include "cli/top/columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

std::vector<const Column*> all(std::span<const Column> columns) {
  std::vector<const Column*> every;
  for (const Column& column : columns) every.push_back(&column);
  return every;
}

std::vector<std::string_view> headings(std::size_t width) {
  std::vector<std::string_view> names;
  for (const Placed& place : placed(all(device_columns()), width)) {
    names.push_back(place.column->heading);
  }
  return names;
}

TEST(Columns, NeverReachBeyondTheScreen) {
  for (const auto columns : {device_columns(), program_columns()}) {
    for (std::size_t width = 20; width < 400; ++width) {
      const auto places = placed(all(columns), width);
      ASSERT_LE(places.back().start + places.back().width, width);
    }
  }
}

TEST(Columns, AreTheImportantOnesOnAUsualScreen) {
  EXPECT_EQ(headings(80), (std::vector<std::string_view>{"ID", "DEVICE", "BUSY", "TREND", "MEMORY",
                                                         "MEM", "TEMP", "POWER", "THROTTLED"}));
}

TEST(Columns, AreAllThereOnAWideScreen) {
  EXPECT_EQ(headings(300).size(), device_columns().size());
}

TEST(Columns, GiveWayFromTheLeastImportantOn) {
  const auto narrow = headings(40);

  EXPECT_EQ(narrow.front(), "ID");
  EXPECT_TRUE(std::ranges::count(narrow, "BUSY") == 1);
  EXPECT_TRUE(std::ranges::count(narrow, "THROTTLED") == 0);
}

TEST(Columns, HaveRoomForWhatTakesLongOnAWideScreenOnly) {
  EXPECT_FALSE(has_room_for_slow(127));
  EXPECT_TRUE(has_room_for_slow(128)) << "as docs/top.md says";
  EXPECT_NE(std::ranges::count(headings(128), "PCIE RX"), 0);
}

TEST(Cell, SaysWhyThereIsNoValue) {
  EXPECT_EQ(share(none(ReadingStatus::unsupported)).text, "-");
  EXPECT_EQ(share(none(ReadingStatus::no_permission)).text, "perm");
  EXPECT_EQ(degrees(none(ReadingStatus::asleep)).text, "sleep");
  EXPECT_EQ(watts(none(ReadingStatus::hung), ok(700)).text, "hung");
  EXPECT_EQ(size(none(ReadingStatus::pending)).text, "wait");
}

TEST(Cell, MarksAValueThatIsNotFresh) {
  EXPECT_EQ(share({0.83, ReadingStatus::stale}).text, "83%*");
  EXPECT_EQ(share(ok(0.83)).text, "83%");
}

TEST(Cell, ShowsPowerWithItsLimitWhereTheDeviceTellsOne) {
  EXPECT_EQ(watts(ok(512.4), ok(700)).text, "512/700 W");
  EXPECT_EQ(watts(ok(512.4), none(ReadingStatus::no_permission)).text, "512 W");
}

TEST(Cell, WarnsFromTheUsualThresholdsOn) {
  EXPECT_EQ(degrees(ok(79.9)).style, Style::plain);
  EXPECT_EQ(degrees(ok(80)).style, Style::warning);
  EXPECT_EQ(degrees(ok(90)).style, Style::bad);
  EXPECT_EQ(watts(ok(629), ok(700)).style, Style::plain);
  EXPECT_EQ(watts(ok(630), ok(700)).style, Style::warning);
}

TEST(MemoryShare, NeedsBothParts) {
  DeviceRow row = gpu(0, 0.5, 100);
  EXPECT_NEAR(memory_share(row).value, 0.475, 1e-9);
  row[Gauge::memory_total] = none(ReadingStatus::error);
  EXPECT_EQ(memory_share(row).status, ReadingStatus::error);
  row = gpu(0, 0.5, 100);
  row[Gauge::memory_used] = none(ReadingStatus::asleep);
  EXPECT_EQ(memory_share(row).status, ReadingStatus::asleep);
}

TEST(HistoryOf, KeepsGapsAsGaps) {
  History history;
  Sample sample = made_up();
  history.add(sample);
  sample.devices[0][Gauge::busy] = none(ReadingStatus::hung);
  history.add(sample);

  const Series* series = history.find(sample.devices[0].key(), Trend::busy);
  ASSERT_NE(series, nullptr);
  ASSERT_EQ(series->size(), 2U);
  EXPECT_TRUE(std::isnan(series->at(0)));
  EXPECT_NEAR(series->at(1), 0.83, 1e-6);
}

TEST(HistoryOf, EndsAtItsCapacityAndForgetsWhatIsGone) {
  History history;
  Sample sample = made_up();
  const std::string last = sample.devices.back().key();
  for (std::size_t i = 0; i < Series::capacity + 7; ++i) {
    sample.devices[0][Gauge::busy] = ok(static_cast<double>(i));
    history.add(sample);
  }
  const Series* series = history.find(sample.devices[0].key(), Trend::busy);
  EXPECT_EQ(series->size(), Series::capacity);
  EXPECT_EQ(series->at(0), static_cast<double>(Series::capacity + 6));
  EXPECT_EQ(series->at(Series::capacity - 1), 7);

  sample.devices.pop_back();
  sample.programs.clear();
  history.add(sample);
  EXPECT_EQ(history.find(last, Trend::busy), nullptr);
}

}  // namespace
}  // namespace accel::cli::top
