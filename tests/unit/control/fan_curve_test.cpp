#include "accel/control/fan_curve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace accel {
namespace {

TEST(FanCurve, GivesTheSpeedsOfTheAggressivePreset) {
  const FanCurve& curve = *fan_curve_preset("aggressive");

  EXPECT_EQ(fan_speed_at(curve, 25), 20);
  EXPECT_EQ(fan_speed_at(curve, 30), 20);
  EXPECT_EQ(fan_speed_at(curve, 60), 50);
  EXPECT_EQ(fan_speed_at(curve, 85), 100);
  EXPECT_EQ(fan_speed_at(curve, 90), 100);
}

TEST(FanCurve, TruncatesBetweenTwoPoints) {
  const FanCurve& curve = *fan_curve_preset("aggressive");

  EXPECT_EQ(fan_speed_at(curve, 75), 73);
  EXPECT_EQ(fan_speed_at(curve, 77), 78);
  EXPECT_EQ(fan_speed_at(curve, 80), 86);
  EXPECT_EQ(fan_speed_at(curve, 84), 97);
}

TEST(FanCurve, WithoutPointsGivesHalfSpeed) { EXPECT_EQ(fan_speed_at({}, 90), 50); }

TEST(FanCurve, OfOnePointGivesItsSpeedEverywhere) {
  EXPECT_EQ(fan_speed_at({{{50, 30}}}, 40), 30);
  EXPECT_EQ(fan_speed_at({{{50, 30}}}, 90), 30);
}

TEST(FanCurve, MayFallAndTakesTheFirstOfDuplicatesWhenItIsOnlyEvaluated) {
  EXPECT_EQ(fan_speed_at({{{30, 80}, {60, 20}}}, 45), 50);
  EXPECT_EQ(fan_speed_at({{{50, 30}, {50, 60}}}, 50), 30);
}

TEST(FanCurve, SortsItsPoints) { EXPECT_EQ(fan_speed_at({{{60, 100}, {40, 0}}}, 50), 50); }

TEST(FanCurve, ThatFallsOrRepeatsATemperatureIsRefused) {
  EXPECT_EQ(check_fan_curve({{{30, 80}, {60, 20}}}, {}).error().code, Errc::invalid_config);
  EXPECT_EQ(check_fan_curve({{{50, 30}, {50, 60}}}, {}).error().code, Errc::invalid_config);
}

TEST(FanCurve, HasToReachTheHighestSpeedByTheCriticalTemperature) {
  const FanCurve curve{{{30, 20}, {95, 100}}};

  EXPECT_TRUE(check_fan_curve(curve, {0, 100, 95}));
  EXPECT_FALSE(check_fan_curve(curve, {0, 100, 90}));
  EXPECT_FALSE(check_fan_curve({{{30, 20}, {60, 80}}}, {}));
  EXPECT_TRUE(check_fan_curve({{{30, 20}, {60, 80}}}, {0, 80, 90}));
}

TEST(FanCurve, IsRefusedWithoutPointsWithTooManyOrWithNumbersThatAreNone) {
  FanCurve many;
  for (int i = 0; i < 33; ++i) many.points.push_back({static_cast<double>(i), 100});

  EXPECT_FALSE(check_fan_curve({}, {}));
  EXPECT_FALSE(check_fan_curve(many, {}));
  EXPECT_FALSE(check_fan_curve({{{std::nan(""), 100}}}, {}));
  EXPECT_FALSE(check_fan_curve({{{50, std::nan("")}}}, {}));
  EXPECT_FALSE(check_fan_curve({{{50, 101}}}, {}));
}

TEST(FanCurve, ThatIsSafeStaysInRangeAndNeverFalls) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same curves every time
  std::uniform_real_distribution<double> gap(0.5, 20);
  for (int round = 0; round < 200; ++round) {
    FanCurve curve;
    double celsius = 0;
    double percent = 0;
    while (percent < 100) {
      celsius += gap(random);
      percent = std::min(100.0, percent + gap(random));
      curve.points.push_back({celsius, percent});
    }
    ASSERT_TRUE(check_fan_curve(curve, {}));

    int before = 0;
    for (double t = -20; t <= 150; t += 0.5) {
      const int speed = fan_speed_at(curve, t);
      ASSERT_GE(speed, before);
      ASSERT_LE(speed, 100);
      before = speed;
    }
  }
}

TEST(FanCurveText, TakesAPointALineWithComments) {
  const auto curve = parse_fan_curve("# quiet\n40 0   # stands still\n60, 30\n80:70\n90C 100%\n");

  ASSERT_TRUE(curve);
  EXPECT_EQ(*curve, (FanCurve{{{40, 0}, {60, 30}, {80, 70}, {90, 100}}}));
}

TEST(FanCurveText, NamesLineAndColumnOfWhatIsWrong) {
  EXPECT_NE(parse_fan_curve("40 0\n60 fast\n").error().message.find("line 2, column 4"),
            std::string::npos);
  EXPECT_NE(parse_fan_curve("40\n").error().message.find("line 1, column 3"), std::string::npos);
  EXPECT_FALSE(parse_fan_curve("# nothing\n"));
}

}  // namespace
}  // namespace accel
