#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "accel/control/setpoint.hpp"

namespace accel {
namespace {

const SetpointRange kPower{100, 300, {}, {}, {}};
const SetpointRange kClocks{{}, {}, {300, 900, 1500}, {}, {}};

TEST(Admitted, TakesBothEndsOfTheRange) {
  EXPECT_EQ(admitted(setpoint::power_limit_w, 100.0, kPower), SetpointValue(100.0));
  EXPECT_EQ(admitted(setpoint::power_limit_w, 300.0, kPower), SetpointValue(300.0));
}

TEST(Admitted, RefusesANumberOutsideNamingTheRange) {
  const auto low = admitted(setpoint::power_limit_w, 99.0, kPower);

  ASSERT_FALSE(low);
  EXPECT_EQ(low.error().code, Errc::invalid_argument);
  EXPECT_EQ(low.error().message, "Invalid value for power_limit_w: 99 (allowed 100..300)");
  EXPECT_FALSE(admitted(setpoint::power_limit_w, 301.0, kPower));
}

TEST(Admitted, RefusesWhatIsNoNumberWhateverTheDeviceSays) {
  const SetpointRange unknown{{}, {}, {}, {}, "the driver does not tell"};

  EXPECT_FALSE(admitted(setpoint::power_limit_w, std::nan(""), unknown));
  EXPECT_FALSE(admitted(setpoint::power_limit_w, std::numeric_limits<double>::infinity(), unknown));
  EXPECT_FALSE(admitted(setpoint::power_limit_w, -5.0, unknown));
  EXPECT_FALSE(admitted(setpoint::power_limit_w, 0.0, unknown));
  EXPECT_FALSE(admitted(setpoint::fan_percent, -1.0, unknown));
  EXPECT_FALSE(admitted(setpoint::fan_percent, 101.0, unknown));
  EXPECT_TRUE(admitted(setpoint::gpu_clock_offset_mhz, -200.0, unknown));
}

TEST(Admitted, LowersAClockToTheNextStep) {
  EXPECT_EQ(admitted(setpoint::sm_clock_mhz, 1499.0, kClocks), SetpointValue(900.0));
  EXPECT_EQ(admitted(setpoint::sm_clock_mhz, 1500.0, kClocks), SetpointValue(1500.0));
  EXPECT_EQ(admitted(setpoint::sm_clock_mhz, NumberSpan{301, 1600 - 100}, kClocks),
            SetpointValue(NumberSpan{300, 1500}));
  EXPECT_FALSE(admitted(setpoint::sm_clock_mhz, 299.0, kClocks));
  EXPECT_FALSE(admitted(setpoint::sm_clock_mhz, 1501.0, kClocks));
}

TEST(Admitted, RefusesASpanThatFalls) {
  EXPECT_FALSE(admitted(setpoint::sm_clock_mhz, NumberSpan{1500, 300}, kClocks));
}

TEST(Admitted, RefusesAValueOfAnotherKind) {
  EXPECT_FALSE(admitted(setpoint::power_limit_w, std::string("abc"), kPower));
  EXPECT_FALSE(admitted(setpoint::power_limit_w, true, kPower));
  EXPECT_FALSE(admitted(setpoint::ecc_enabled, 1.0, {}));
  EXPECT_FALSE(admitted(setpoint::power_limit_w, NumberSpan{100, 200}, kPower));
}

TEST(Admitted, TakesOnlyTheWordsOfTheDevice) {
  const SetpointRange levels{{}, {}, {}, {"auto", "low", "high"}, {}};

  EXPECT_TRUE(admitted(setpoint::performance_level, std::string("low"), levels));
  EXPECT_EQ(admitted(setpoint::performance_level, std::string("warp"), levels).error().message,
            "Invalid value for performance_level: warp (allowed auto, low, high)");
}

TEST(Admitted, RefusesACurveThatIsNotSafe) {
  EXPECT_EQ(admitted(setpoint::fan_curve, FanCurve{{{30, 80}, {60, 20}}}, {}).error().code,
            Errc::invalid_config);
  EXPECT_TRUE(admitted(setpoint::fan_curve, *fan_curve_preset("quiet"), {}));
}

}  // namespace
}  // namespace accel
