#include "backends/nvidia/clock_reasons.hpp"

#include <gtest/gtest.h>

namespace accel::nvidia {
namespace {

struct Case {
  std::uint64_t mask;
  TextList normalised;
  TextList raw;
};

class ClockReasons : public ::testing::TestWithParam<Case> {};

TEST_P(ClockReasons, AreNormalisedAndNamed) {
  EXPECT_EQ(throttle_reasons(GetParam().mask), GetParam().normalised);
  EXPECT_EQ(clock_reason_names(GetParam().mask), GetParam().raw);
}

// Bits: nvml.h, nvmlClocksEventReason*.
INSTANTIATE_TEST_SUITE_P(
    Masks, ClockReasons,
    ::testing::Values(
        Case{0, {}, {}}, Case{0x1, {}, {"gpu_idle"}},
        Case{0x2, {}, {"applications_clocks_setting"}},
        Case{0x4, {"sw_power_cap"}, {"sw_power_cap"}}, Case{0x8, {"hw_slowdown"}, {"hw_slowdown"}},
        Case{0x10, {}, {"sync_boost"}}, Case{0x20, {"thermal"}, {"sw_thermal_slowdown"}},
        Case{0x40, {"thermal"}, {"hw_thermal_slowdown"}},
        Case{0x80, {"power_limit"}, {"hw_power_brake_slowdown"}},
        Case{0x100, {}, {"display_clock_setting"}},
        Case{0x8 | 0x40, {"thermal"}, {"hw_slowdown", "hw_thermal_slowdown"}},
        Case{0x8 | 0x80, {"power_limit"}, {"hw_slowdown", "hw_power_brake_slowdown"}},
        Case{0x20 | 0x40, {"thermal"}, {"sw_thermal_slowdown", "hw_thermal_slowdown"}},
        Case{0x1 | 0x20 | 0x40 | 0x4,
             {"thermal", "sw_power_cap"},
             {"gpu_idle", "sw_power_cap", "sw_thermal_slowdown", "hw_thermal_slowdown"}},
        Case{0x400, {"other"}, {"bit_10"}}, Case{0x1400, {"other"}, {"bit_10", "bit_12"}}));

}  // namespace
}  // namespace accel::nvidia
