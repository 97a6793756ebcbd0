#include "render/amount.hpp"

#include <gtest/gtest.h>

namespace accel::render {
namespace {

template <class T>
std::string amount_of(const Metric<T>& metric, ReadingValue value) {
  return amount(metric.row, value);
}

TEST(Amount, ShowsEachQuantityInItsUsualUnit) {
  EXPECT_EQ(amount_of(metric::temperature, celsius(62).value), "62 °C");
  EXPECT_EQ(amount_of(metric::power, milliwatts(350'260).value), "350.3 W");
  EXPECT_EQ(amount_of(metric::clock_sm, megahertz(1980).value), "1980 MHz");
  EXPECT_EQ(amount_of(metric::memory_used, bytes(85'520'809'984).value), "79.6 GiB");
  EXPECT_EQ(amount_of(metric::voltage, ReadingValue(std::int64_t{875'000})), "0.875 V");
  EXPECT_EQ(amount_of(metric::pcie_speed, ReadingValue(std::int64_t{32'000'000'000})), "32 GT/s");
  EXPECT_EQ(amount_of(metric::pcie_width, ReadingValue(std::int64_t{16})), "x16");
  EXPECT_EQ(amount_of(metric::utilization, 0.85), "85 %");
  EXPECT_EQ(amount_of(metric::pcie_rx, ReadingValue(std::int64_t{1024 * 1024})), "1 MiB/s");
  EXPECT_EQ(amount_of(metric::throttle_time_power, milliseconds(1500).value), "1.5 s");
  EXPECT_EQ(amount_of(metric::energy, ReadingValue(std::int64_t{7'200'000'000})), "2 Wh");
}

TEST(Amount, ShowsSwitchesWordsAndLists) {
  EXPECT_EQ(amount_of(metric::ecc_mode, true), "on");
  EXPECT_EQ(amount_of(metric::performance_state, Text("P0")), "P0");
  EXPECT_EQ(amount_of(metric::throttle, TextList{}), "none");
  EXPECT_EQ(amount_of(metric::throttle, TextList{"thermal", "sw_power_cap"}),
            "thermal, sw_power_cap");
}

TEST(Rounded, DropsZerosThatSayNothing) {
  EXPECT_EQ(rounded(2.50, 2), "2.5");
  EXPECT_EQ(rounded(100, 1), "100");
  EXPECT_EQ(rounded(-0.01, 1), "0");
}

}  // namespace
}  // namespace accel::render
