// Which windows of an energy counter give power, and which are dropped.
#include "backends/intel/energy_meter.hpp"

#include <gtest/gtest.h>

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kJoule = 1'000'000;

class EnergyWindow : public ::testing::Test {
 protected:
  /// A sample of a card whose counters stand at so many joules.
  Result<EnergyMeter::Draw> at(std::chrono::nanoseconds time, std::int64_t card,
                               std::int64_t package = 0) {
    EnergyPoint point;
    point.time = 100s + time;
    point.card = card * kJoule;
    if (package != 0) point.package = package * kJoule;
    point.suspended = suspended_;
    return meter_.advance(point);
  }

  EnergyMeter meter_;
  std::int64_t suspended_ = 5'000;
};

TEST_F(EnergyWindow, GivesTheRiseOfTheCounterInASecond) {
  EXPECT_FALSE(at(0s, 1));

  EXPECT_EQ(at(1s, 31)->card, milliwatts(30'000));
  EXPECT_EQ(at(2s, 131)->card, milliwatts(100'000));
}

TEST_F(EnergyWindow, GivesTheMeanOfALongerPauseBetweenSamples) {
  EXPECT_FALSE(at(0s, 1));

  EXPECT_EQ(at(10s, 301)->card, milliwatts(30'000));
}

TEST_F(EnergyWindow, SlidesOverSamplesThatAreCloser) {
  EXPECT_FALSE(at(0ms, 0));
  EXPECT_FALSE(at(250ms, 10));
  EXPECT_FALSE(at(500ms, 20));
  EXPECT_FALSE(at(750ms, 30));

  EXPECT_EQ(at(1000ms, 40)->card, milliwatts(40'000));
  EXPECT_EQ(at(1250ms, 90)->card, milliwatts(80'000)) << "the window began at 250 ms";
}

TEST_F(EnergyWindow, IsTooShortBelowASecond) {
  EXPECT_FALSE(at(0s, 1));

  const auto early = at(100ms, 2);

  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, Errc::unavailable);
  EXPECT_NE(early.error().message.find("cover 0.1 s"), std::string::npos);
}

TEST_F(EnergyWindow, IsDroppedWhenTheDeviceSleptInIt) {
  EXPECT_FALSE(at(0s, 1));
  suspended_ += 300;

  EXPECT_FALSE(at(1s, 31));
  EXPECT_FALSE(at(2s, 61)) << "one second after it woke";
  EXPECT_FALSE(at(3s, 91)) << "settled, and the first sample of a new window";
  EXPECT_EQ(at(4s, 111)->card, milliwatts(20'000));
}

TEST_F(EnergyWindow, BeginsTwoSecondsAfterASampleThatWokeTheDevice) {
  EnergyPoint waking{100s, 1 * kJoule, std::nullopt, std::nullopt, true};
  EXPECT_FALSE(meter_.advance(waking));
  suspended_ = 0;

  EXPECT_FALSE(meter_.advance({101s, 31 * kJoule, std::nullopt, std::nullopt, false}));
  EXPECT_FALSE(meter_.advance({102s, 61 * kJoule, std::nullopt, std::nullopt, false}));
  EXPECT_EQ(meter_.advance({103s, 91 * kJoule, std::nullopt, std::nullopt, false})->card,
            milliwatts(30'000));
}

TEST_F(EnergyWindow, IsWrongWhenThePackageTookMuchMoreThanTheCard) {
  EXPECT_FALSE(at(0s, 1'000, 1'000));

  const auto draw = at(1s, 1'043, 1'220);

  ASSERT_FALSE(draw);
  EXPECT_EQ(draw.error().code, Errc::malformed);
  EXPECT_NE(draw.error().message.find("220 W"), std::string::npos);
  EXPECT_NE(draw.error().message.find("43 W"), std::string::npos);
}

TEST_F(EnergyWindow, AllowsThePackageWhatMeasuringCosts) {
  EXPECT_FALSE(at(0s, 1'000, 1'000));

  EXPECT_EQ(at(1s, 1'002, 1'006)->package, milliwatts(6'000)) << "4 W above the card";
  EXPECT_EQ(at(2s, 1'102, 1'154)->package, milliwatts(148'000)) << "1.48 times the card";
}

TEST_F(EnergyWindow, StartsAnewWhenTheCounterDid) {
  EXPECT_FALSE(at(0s, 500));

  const auto fallen = at(1s, 10);

  ASSERT_FALSE(fallen);
  EXPECT_EQ(fallen.error().message, "the energy counter started anew");
  EXPECT_EQ(at(2s, 25)->card, milliwatts(15'000));
}

TEST_F(EnergyWindow, HasNoMeanOfACounterThatIsMissingAtOneEnd) {
  EXPECT_FALSE(at(0s, 1));

  const auto draw = at(1s, 31, 20);

  EXPECT_EQ(draw->card, milliwatts(30'000));
  EXPECT_EQ(draw->package, std::nullopt);
}

TEST_F(EnergyWindow, DoesNotBelieveAPowerPlant) {
  EXPECT_FALSE(at(0s, 1));

  const auto draw = at(1s, 4'000'000'000);

  ASSERT_FALSE(draw);
  EXPECT_EQ(draw.error().code, Errc::malformed);
}

}  // namespace
}  // namespace accel::intel
