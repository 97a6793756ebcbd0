#include "accel/reading_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace accel {
namespace {

TEST(ReadingSet, GivesBackWhatWasStoredInItsType) {
  ReadingSet set;
  set.set(metric::power, {milliwatts(21'500), "nvmlDeviceGetPowerUsage", SteadyTime(3)});
  set.set(metric::utilization, {percent(7)});
  set.set(metric::throttle, {TextList{"thermal"}});
  set.set(metric::ecc_mode, {true});

  EXPECT_EQ(*set.get(metric::power), milliwatts(21'500));
  EXPECT_EQ(set.get(metric::power).source(), "nvmlDeviceGetPowerUsage");
  EXPECT_EQ(set.get(metric::power).time(), SteadyTime(3));
  EXPECT_EQ(*set.get(metric::utilization), percent(7));
  EXPECT_EQ(*set.get(metric::throttle), TextList{"thermal"});
  EXPECT_TRUE(*set.get(metric::ecc_mode));
}

TEST(ReadingSet, IsUnsupportedWhereNothingWasStored) {
  const ReadingSet set;
  EXPECT_EQ(set.get(metric::power).status(), ReadingStatus::unsupported);
  EXPECT_FALSE(set.contains(metric::power.row));
  EXPECT_EQ(set.find(metric::power.row), nullptr);
}

TEST(ReadingSet, KeepsTheReasonOfAnAbsence) {
  ReadingSet set;
  set.set(metric::fan_speed, Reading<Ratio>{Absence{ReadingStatus::unsupported, "no fan", ""}}, 0);

  EXPECT_TRUE(set.contains(metric::fan_speed.row, 0));
  EXPECT_EQ(set.get(metric::fan_speed, 0).reason(), "no fan");
}

TEST(ReadingSet, ReplacesAnEarlierReading) {
  ReadingSet set;
  set.set(metric::power, {milliwatts(1)});
  set.set(metric::power, {milliwatts(2)});

  EXPECT_EQ(set.entries().size(), 1U);
  EXPECT_EQ(*set.get(metric::power), milliwatts(2));
}

TEST(ReadingSet, KeepsInstancesApart) {
  ReadingSet set;
  set.set(metric::fan_speed, {percent(30)}, 0);
  set.set(metric::fan_speed, {percent(60)}, 1);

  EXPECT_EQ(*set.get(metric::fan_speed, 0), percent(30));
  EXPECT_EQ(*set.get(metric::fan_speed, 1), percent(60));
  EXPECT_FALSE(set.get(metric::fan_speed));
  EXPECT_EQ(ReadingSet::name(set.entries()[1]), "fan_speed.1");
}

TEST(ReadingSet, NamesAReadingOfWhichThereIsOneByItsKey) {
  ReadingSet set;
  set.set(metric::power, {milliwatts(1)});
  EXPECT_EQ(ReadingSet::name(set.entries()[0]), "power");
}

TEST(ReadingSet, KeepsStalenessThroughTheLossOfItsType) {
  ReadingSet set;
  set.set(metric::power, {milliwatts(1)});
  set.set(metric::energy, Reading<Energy>{Absence{ReadingStatus::unsupported, "none", ""}});
  set.mark_stale("old");

  EXPECT_EQ(set.get(metric::power).status(), ReadingStatus::stale);
  EXPECT_EQ(*set.get(metric::power), milliwatts(1));
  EXPECT_EQ(set.get(metric::power).reason(), "old");
  EXPECT_EQ(set.get(metric::energy).status(), ReadingStatus::unsupported);
}

TEST(ReadingSet, StandsInTheOrderOfTheTableWhateverTheOrderOfStoring) {
  std::mt19937 random(3);
  for (int round = 0; round < 1000; ++round) {
    ReadingSet set;
    for (int i = 0; i < 12; ++i) {
      const int instance = static_cast<int>(random() % 4) - 1;
      if (random() % 2 == 0) {
        set.set(metric::fan_speed, {percent(1)}, instance);
      } else {
        set.set(metric::power, {milliwatts(1)}, instance);
      }
    }

    const auto key = [](const ReadingSet::Entry& entry) {
      return std::pair{entry.metric->order, entry.instance};
    };
    ASSERT_TRUE(std::ranges::is_sorted(set.entries(), {}, key));
    ASSERT_EQ(std::ranges::adjacent_find(set.entries(), {}, key), set.entries().end());
  }
}

}  // namespace
}  // namespace accel
