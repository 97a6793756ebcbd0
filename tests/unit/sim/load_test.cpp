// The load that a profile puts on a GPU.
#include <gtest/gtest.h>

#include "model/load.hpp"

namespace accel::sim {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

LoadProfile profile(LoadKind kind) {
  LoadProfile load{};
  load.kind = kind;
  load.low = 0.2;
  load.high = 0.8;
  load.duty = 0.25;
  load.period = 40 * kSecond;
  return load;
}

TEST(Load, ConstantStaysAtItsHeight) {
  for (int second = 0; second < 100; second += 7) {
    EXPECT_DOUBLE_EQ(load_at(profile(LoadKind::constant), 1, second * kSecond), 0.8);
  }
}

TEST(Load, SquareIsHighForItsDutyOnly) {
  EXPECT_DOUBLE_EQ(load_at(profile(LoadKind::square), 1, 5 * kSecond), 0.8);
  EXPECT_DOUBLE_EQ(load_at(profile(LoadKind::square), 1, 11 * kSecond), 0.2);
  EXPECT_DOUBLE_EQ(load_at(profile(LoadKind::square), 1, 45 * kSecond), 0.8);
}

TEST(Load, SineMovesBetweenItsEnds) {
  EXPECT_NEAR(load_at(profile(LoadKind::sine), 1, 0), 0.2, 1e-9);
  EXPECT_NEAR(load_at(profile(LoadKind::sine), 1, 20 * kSecond), 0.8, 1e-9);
}

TEST(Load, VideoEnginesFollowIt) {
  const LoadProfile half = profile(LoadKind::sine);
  LoadProfile none = half;
  none.high = 0;

  EXPECT_DOUBLE_EQ(engine_load(half, 0.4, 0.8), 0.4);
  EXPECT_DOUBLE_EQ(engine_load(half, 0.4, 0.2), 0.1);
  EXPECT_DOUBLE_EQ(engine_load(half, 0.4, 0), 0);
  EXPECT_DOUBLE_EQ(engine_load(half, 1, 0.9), 1);  // noise can lift the load above its height
  EXPECT_DOUBLE_EQ(engine_load(none, 0.4, 0), 0);
}

TEST(Load, RampRisesThroughItsPeriod) {
  EXPECT_NEAR(load_at(profile(LoadKind::ramp), 1, 10 * kSecond), 0.35, 1e-9);
  EXPECT_NEAR(load_at(profile(LoadKind::ramp), 1, 30 * kSecond), 0.65, 1e-9);
}

TEST(Load, NoiseRepeatsWithItsSeedAndDiffersWithAnother) {
  int different = 0;
  for (int i = 0; i < 100; ++i) {
    const std::int64_t time = i * kSecond / 3;
    EXPECT_EQ(load_at(profile(LoadKind::noise), 5, time),
              load_at(profile(LoadKind::noise), 5, time));
    different +=
        load_at(profile(LoadKind::noise), 5, time) != load_at(profile(LoadKind::noise), 6, time);
  }
  EXPECT_GT(different, 90);
}

TEST(Load, StaysWithinItsRangeWhateverTheNoise) {
  LoadProfile load = profile(LoadKind::noise);
  load.noise = 1;
  for (int i = -50; i < 500; ++i) {
    const double value = load_at(load, 9, i * kSecond / 7);
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 1);
  }
}

TEST(Load, NoiseDoesNotWakeAnIdleCard) {
  LoadProfile load = profile(LoadKind::constant);
  load.high = 0;
  load.noise = 0.5;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(load_at(load, 3, i * kSecond), 0);
}

}  // namespace
}  // namespace accel::sim
