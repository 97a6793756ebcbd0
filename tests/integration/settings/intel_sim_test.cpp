// Settings of Intel's and Habana's devices on simulated drivers: they have effect, and meet the
// drivers' errors.
#include "integration/settings/simulated_machine.hpp"

namespace accel::intel {
namespace {

using namespace setpoint;  // NOLINT(google-build-using-namespace): the words of these tests
using accel::testing::SimulatedMachine;
using ::testing::HasSubstr;
using std::string_literals::operator""s;

class IntelOnASimulatedMachine : public SimulatedMachine {};

TEST_F(IntelOnASimulatedMachine, ACardWithXeKeepsToARangeAPowerLimitAndAProfile) {
  start("mixed");
  const std::size_t card = find("B580");
  EXPECT_EQ(set(card, sm_clock_mhz, NumberSpan{500, 1200}), "");
  EXPECT_EQ(present(card, sm_clock_mhz).optional(), (SetpointValue(NumberSpan{500, 1200})));
  EXPECT_LE(after(5, card).get(metric::clock_graphics)->value, 1'200'000'000);
  EXPECT_EQ(set(card, sm_clock_mhz, 2000.0), "");
  EXPECT_EQ(present(card, sm_clock_mhz).optional(), SetpointValue(2000.0));
  EXPECT_EQ(set(card, power_limit_w, 120.0), "");
  EXPECT_EQ(present(card, power_limit_w).optional(), SetpointValue(120.0));
  EXPECT_EQ(set(card, power_profile, "power_saving"s), "");
  EXPECT_EQ(present(card, power_profile).optional(), SetpointValue("power_saving"s));
  EXPECT_EQ(reset(card, power_profile), "");
  EXPECT_EQ(present(card, power_profile).optional(), SetpointValue("base"s));
}

TEST_F(IntelOnASimulatedMachine, APowerLimitThatIsCutWithoutAWordIsFoundByReadingBack) {
  start("mixed");
  EXPECT_THAT(set(find("B580"), power_limit_w, 500.0),
              HasSubstr("is 190000000 instead of 500000000"));
}

TEST_F(IntelOnASimulatedMachine, AProcessorsGpuWithI915KeepsToARange) {
  start("workstation");
  const std::size_t gpu = find("UHD Graphics 750");
  EXPECT_EQ(set(gpu, sm_clock_mhz, NumberSpan{400, 600}), "");
  EXPECT_LE(after(5, gpu).get(metric::clock_graphics)->value, 600'000'000);
  EXPECT_EQ(set(gpu, sm_clock_mhz, NumberSpan{800, 1000}), "") << "the highest first";
  EXPECT_EQ(set(gpu, sm_clock_mhz, NumberSpan{400, 500}), "") << "the lowest first";
  EXPECT_THAT(set(gpu, sm_clock_mhz, 1400.0), HasSubstr("allowed 350..1300"));
  const auto refused = write(gpu, "clock gt/gt0/rps_min_freq_mhz", "600");
  ASSERT_FALSE(refused) << "above the highest";
  EXPECT_EQ(refused.error().code, Errc::invalid_argument);
  EXPECT_EQ(accel::testing::state(*system_, gpu, power_limit_w).error().code,
            Errc::operation_not_supported);
}

TEST_F(IntelOnASimulatedMachine, ALaptopsGpuWithXeKeepsToARangeAndItsNpuHasNone) {
  start("laptop");
  EXPECT_EQ(set(find("Arc"), sm_clock_mhz, NumberSpan{200, 800}), "");
  EXPECT_LE(after(5, find("Arc")).get(metric::clock_graphics)->value, 800'000'000);
  const auto npu = accel::testing::state(*system_, find("NPU"), sm_clock_mhz);
  ASSERT_FALSE(npu);
  EXPECT_EQ(npu.error().code, Errc::operation_not_supported);
}

TEST_F(IntelOnASimulatedMachine, AGaudiKeepsToAPowerLimitAndToAHighestClock) {
  start("mixed");
  const auto devices = system_->devices();
  const auto found = std::ranges::find(devices, "Habana", &AcceleratorInfo::vendor);
  ASSERT_NE(found, devices.end());
  const auto gaudi = static_cast<std::size_t>(found - devices.begin());
  EXPECT_EQ(set(gaudi, power_limit_w, 400.0), "");
  EXPECT_EQ(present(gaudi, power_limit_w).optional(), SetpointValue(400.0));
  EXPECT_EQ(set(gaudi, sm_clock_mhz, NumberSpan{0, 1000}), "");
  EXPECT_LE(after(5, gaudi).get(metric::clock_npu)->value, 1'000'000'000);
  EXPECT_THAT(set(gaudi, power_limit_w, 900.0), HasSubstr("is 600000 instead of 900000"));
}

TEST_F(IntelOnASimulatedMachine, DevicesWithoutSettingsSaySo) {
  start("mixed");
  const auto devices = system_->devices();
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (devices[i]->vendor != "Google") continue;
    EXPECT_EQ(accel::testing::state(*system_, i, power_limit_w).error().code,
              Errc::operation_not_supported);
  }
}

}  // namespace
}  // namespace accel::intel
