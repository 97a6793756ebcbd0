#include "render/query.hpp"

#include <gtest/gtest.h>

#include "unit/render/sample_machine.hpp"

namespace accel::render {
namespace {

class QueryTest : public ::testing::Test {
 protected:
  QueryTest() {
    sample_.info = &info_;
    sample_.readings = one_of_each_status(std::chrono::hours(1));
  }
  [[nodiscard]] std::string csv_of(std::string_view text) const {
    const auto query = Query::parse(text);
    return query ? csv(query->table(std::span(&sample_, 1)), "") : query.error().message;
  }

  AcceleratorInfo info_ = h100();
  DeviceSample sample_;
};

TEST_F(QueryTest, ChoosesColumnsInTheOrderAsked) {
  EXPECT_EQ(csv_of("temperature,name"), "temperature,name\r\n62,NVIDIA H100 80GB HBM3\r\n");
}

TEST_F(QueryTest, KnowsVendorsOwnFacts) {
  EXPECT_EQ(csv_of("extra_info.sm_count,extra_info.other"),
            "extra_info.sm_count,extra_info.other\r\n132,\r\n");
}

TEST_F(QueryTest, ShowsNoStaleValueInACell) {
  EXPECT_EQ(csv_of("utilization"), "utilization\r\n\r\n");
}

TEST_F(QueryTest, MakesAColumnOfEachInstance) {
  sample_.readings = {};
  sample_.readings.set(metric::fan_speed, Reading<Ratio>(percent(30)), 0);
  sample_.readings.set(metric::fan_speed, Reading<Ratio>(percent(35)), 1);

  EXPECT_EQ(csv_of("fan_speed"), "fan_speed.0,fan_speed.1\r\n0.3,0.35\r\n");
  EXPECT_EQ(csv_of("fan_speed.1"), "fan_speed.1\r\n0.35\r\n");
  EXPECT_EQ(csv_of("fan_speed.7"), "fan_speed.7\r\n\r\n");
}

TEST_F(QueryTest, ShowsPeopleWhyACellIsEmpty) {
  const auto query = Query::parse("power,temperature,utilization");

  EXPECT_EQ(query->texts(std::span(&sample_, 1))[0],
            (std::vector<std::string>{"no_permission", "62 °C", "40 % (stale)"}));
}

TEST_F(QueryTest, SuggestsTheNearestField) {
  const auto query = Query::parse("name,temprature");

  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().message, "unknown field: 'temprature'");
  EXPECT_EQ(query.error().remedy, "did you mean temperature?");
}

TEST_F(QueryTest, RefusesFieldsThatAreNone) {
  for (const char* text :
       {"", "name,", "fan_speed.x", "fan_speed.-1", "temperature.0", "extra_info.", "missing"}) {
    EXPECT_FALSE(Query::parse(text)) << text;
  }
}

TEST_F(QueryTest, KnowsWhetherReadingsMustBeTaken) {
  EXPECT_FALSE(Query::parse("name,uuid")->needs_readings());
  EXPECT_TRUE(Query::parse("name,power")->needs_readings());
}

TEST_F(QueryTest, NoticesWhatNobodySpokeAbout) {
  EXPECT_TRUE(Query::parse("power")->is_answered_by(std::span(&sample_, 1)));
  EXPECT_FALSE(Query::parse("pcie_tx")->is_answered_by(std::span(&sample_, 1)));
}

TEST_F(QueryTest, HasEverythingThatADeviceSpeaksAbout) {
  const auto heading = Query::everything(std::span(&sample_, 1)).heading(std::span(&sample_, 1));

  EXPECT_EQ(heading.size(), 6U + 11U);
  EXPECT_EQ(heading[0], "global_index");
}

}  // namespace
}  // namespace accel::render
