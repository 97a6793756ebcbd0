#include "backends/amd/overdrive.hpp"

#include <gtest/gtest.h>

namespace accel::amd {
namespace {

OverdriveTable parsed(std::string_view text) {
  auto table = parse_overdrive(text);
  EXPECT_TRUE(table) << table.error().message;
  return table.value_or(OverdriveTable{});
}

TEST(Overdrive, ReadsClocksWithVoltages) {
  // As an RX 580 prints it, with the NULs that stand before a header.
  const auto table = parsed(
      std::string("OD_SCLK:\n0:        300MHz        750mV\n7:       1366MHz       1150mV\n") +
      std::string(90, '\0') + "OD_MCLK:\n0:        300MHz        750mV\n" + std::string(300, '\0') +
      "OD_RANGE:\nSCLK:     300MHz       2000MHz\nVDDC:     750mV        1200mV\n");

  ASSERT_NE(table.section("OD_SCLK"), nullptr);
  ASSERT_EQ(table.section("OD_SCLK")->rows.size(), 2U);
  const OverdriveRow& last = table.section("OD_SCLK")->rows[1];
  EXPECT_EQ(last.index, 7);
  EXPECT_EQ(last.values.at(0).number, 1366);
  EXPECT_EQ(last.values.at(0).unit, "mhz");
  EXPECT_EQ(last.values.at(1).number, 1150);
  ASSERT_NE(table.range("VDDC"), nullptr);
  EXPECT_EQ(table.range("VDDC")->high.number, 1200);
}

TEST(Overdrive, ReadsAnOffsetThatStandsAlone) {
  // RX 9070 XT.
  const auto table = parsed(
      "OD_SCLK_OFFSET:\n0Mhz\nOD_MCLK:\n0: 97Mhz\n1: 1259MHz\nOD_VDDGFX_OFFSET:\n-50mV\n"
      "OD_RANGE:\nSCLK_OFFSET:    -500Mhz       1000Mhz\nVDDGFX_OFFSET:    -200mv          0mv\n");

  ASSERT_NE(table.section("OD_VDDGFX_OFFSET"), nullptr);
  const OverdriveRow& offset = table.section("OD_VDDGFX_OFFSET")->rows.at(0);
  EXPECT_FALSE(offset.index);
  EXPECT_EQ(offset.values.at(0).number, -50);
  EXPECT_EQ(table.range("SCLK_OFFSET")->low.number, -500);
}

TEST(Overdrive, ReadsAFanCurve) {
  const auto table = parsed(
      "OD_FAN_CURVE:\n0: 0C 0%\n1: 45C 30%\nOD_RANGE:\nFAN_CURVE(hotspot temp): 25C 100C\n"
      "FAN_CURVE(fan speed): 15% 100%\n");

  EXPECT_EQ(table.section("OD_FAN_CURVE")->rows.at(1).values.at(1).unit, "%");
  EXPECT_EQ(table.range("FAN_CURVE(fan speed)")->low.number, 15);
}

TEST(Overdrive, ReadsWhateverHeaderThereIs) {
  EXPECT_NE(parsed("FAN_MINIMUM_PWM:\n15\n").section("FAN_MINIMUM_PWM"), nullptr);
  EXPECT_NE(parsed("OD_SCLK\n0: 300MHz\n").section("OD_SCLK"), nullptr) << "without a colon";
  EXPECT_NE(parsed("CCLK_RANGE in Core0:\n0:       1400Mhz\n").section("CCLK_RANGE in Core0"),
            nullptr);
}

TEST(Overdrive, IsEmptyForABlankText) {
  EXPECT_TRUE(parsed("").sections.empty());
  EXPECT_TRUE(parsed(std::string("\n\0\0\n", 4)).sections.empty());
}

TEST(Overdrive, RefusesWhatItDoesNotUnderstand) {
  for (const char* text :
       {"0: 300MHz", "OD_SCLK:\n0: fast", "OD_RANGE:\nSCLK: 1MHz", "OD_RANGE:\n0: 1MHz 2MHz 3MHz",
        "OD_SCLK:\n0:", "OD_SCLK:\n0: 300M!z", "OD_SCLK:\n99999999999999999999MHz"}) {
    EXPECT_FALSE(parse_overdrive(text)) << text;
  }
}

}  // namespace
}  // namespace accel::amd
