// What takes too long to be read for every sample.
#include "cli/top/held.hpp"

#include <gtest/gtest.h>

#include "unit/cli/top/made_up.hpp"

namespace accel::cli::top {
namespace {

using namespace std::chrono_literals;

TEST(HeldFigures, AreDueOnceASecondAndNotAtFirst) {
  Held held;

  EXPECT_FALSE(held.is_due(5s));
  EXPECT_FALSE(held.is_due(5s + 100ms));
  EXPECT_TRUE(held.is_due(6s));
  EXPECT_FALSE(held.is_due(6s + 800ms));
  EXPECT_TRUE(held.is_due(7s - 10ms)) << "a loop of a second is not exact";
}

TEST(HeldFigures, AreShownAsNotFreshUntilTheNextReading) {
  Held held;
  Sample sample = made_up();
  sample.devices[0][Gauge::pcie_rx] = ok(7);
  held.keep(sample);
  for (DeviceRow& row : sample.devices) row[Gauge::pcie_rx] = none(ReadingStatus::unsupported);

  held.fill(sample);

  EXPECT_EQ(sample.devices[0][Gauge::pcie_rx].status, ReadingStatus::stale);
  EXPECT_DOUBLE_EQ(sample.devices[0][Gauge::pcie_rx].value, 7);
}

TEST(HeldFigures, StandInForNothingThatIsKnownOrHasAnotherReason) {
  Held held;
  Sample sample = made_up();
  sample.devices[0][Gauge::pcie_rx] = sample.devices[1][Gauge::pcie_rx] = ok(7);
  held.keep(sample);
  sample.devices[0][Gauge::pcie_rx] = ok(8);
  sample.devices[1][Gauge::pcie_rx] = none(ReadingStatus::error);
  sample.devices[2][Gauge::busy] = none(ReadingStatus::unsupported);

  held.fill(sample);

  EXPECT_DOUBLE_EQ(sample.devices[0][Gauge::pcie_rx].value, 8);
  EXPECT_EQ(sample.devices[1][Gauge::pcie_rx].status, ReadingStatus::error);
  EXPECT_EQ(sample.devices[2][Gauge::busy].status, ReadingStatus::unsupported)
      << "every sample reads it";
}

TEST(HeldFigures, AreNotShownOfADeviceThatIsGoneOrAsleep) {
  Held held;
  Sample sample = made_up();
  held.keep(sample);
  sample.devices[0].state = DeviceState::asleep;
  sample.devices[0][Gauge::pcie_rx] = none(ReadingStatus::unsupported);

  held.fill(sample);

  EXPECT_FALSE(sample.devices[0][Gauge::pcie_rx].is_known());
}

}  // namespace
}  // namespace accel::cli::top
