#include <gtest/gtest.h>

#include <array>
#include <set>

#include "accel/control/setpoint.hpp"

namespace accel {
namespace {

TEST(Setpoints, AreFoundByTheirNames) {
  std::set<std::string_view> names;
  for (const SetpointRow* row : setpoints()) {
    EXPECT_EQ(find_setpoint(row->name), row);
    names.insert(row->name);
  }
  EXPECT_EQ(names.size(), setpoints().size());
  EXPECT_EQ(find_setpoint("nonsense"), nullptr);
  EXPECT_EQ(find_setpoint("Power_limit_w"), nullptr);
}

TEST(SetpointText, TakesNumbersWithAndWithoutTheirUnit) {
  for (const char* text : {"250.5", "250.5W", "250.5 w", "+250.5"}) {
    EXPECT_EQ(parse_setpoint_value(setpoint::power_limit_w, text), SetpointValue(250.5)) << text;
  }
  EXPECT_EQ(parse_setpoint_value(setpoint::gpu_clock_offset_mhz, "-200MHz"), SetpointValue(-200.0));
  EXPECT_EQ(parse_setpoint_value(setpoint::fan_percent, "75%"), SetpointValue(75.0));
}

TEST(SetpointText, RefusesWhatIsNoNumberOrHasAnotherUnit) {
  for (const char* text :
       {"", "abc", "nan", "inf", "250kW", "250MHz", "++1", "+-1", "0x10", "1e999"}) {
    const auto value = parse_setpoint_value(setpoint::power_limit_w, text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, Errc::invalid_argument) << text;
  }
}

TEST(SetpointText, TakesSpansOfClocks) {
  EXPECT_EQ(parse_setpoint_value(setpoint::sm_clock_mhz, "1200..1500MHz"),
            SetpointValue(NumberSpan{1200, 1500}));
  EXPECT_EQ(parse_setpoint_value(setpoint::sm_clock_mhz, "1500..1500"), SetpointValue(1500.0));
  EXPECT_FALSE(parse_setpoint_value(setpoint::sm_clock_mhz, "1500..1200"));
  EXPECT_FALSE(parse_setpoint_value(setpoint::power_limit_w, "100..200"));
}

TEST(SetpointText, TakesTheUsualWordsForASwitch) {
  for (const char* text : {"true", "on", "Yes", "1"}) {
    EXPECT_EQ(parse_setpoint_value(setpoint::ecc_enabled, text), SetpointValue(true)) << text;
  }
  for (const char* text : {"false", "OFF", "no", "0"}) {
    EXPECT_EQ(parse_setpoint_value(setpoint::ecc_enabled, text), SetpointValue(false)) << text;
  }
  EXPECT_FALSE(parse_setpoint_value(setpoint::ecc_enabled, "maybe"));
}

TEST(SetpointText, IsReadBackAsTheSameValue) {
  struct Case {
    const SetpointRow& row;
    SetpointValue value;
  };
  const std::array cases{
      Case{setpoint::power_limit_w, 250.7}, Case{setpoint::sm_clock_mhz, NumberSpan{1200, 1500.5}},
      Case{setpoint::ecc_enabled, false}, Case{setpoint::performance_level, std::string("low")},
      Case{setpoint::fan_curve, *fan_curve_preset("quiet")}};
  for (const Case& one : cases) {
    EXPECT_EQ(parse_setpoint_value(one.row, to_text(one.value)), one.value) << one.row.name;
  }
}

}  // namespace
}  // namespace accel
