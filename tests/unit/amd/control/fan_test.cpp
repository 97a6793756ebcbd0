#include <cerrno>

#include "unit/amd/control/fixture.hpp"

namespace accel::amd {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the words of these tests
using setpoint::fan_percent;

/// A card whose fan the driver controls itself, as up to RDNA 2.
class FanByDuty : public Settings {
 protected:
  FanByDuty() {
    sensor_file("pwm1", "0\n");
    sensor_file("pwm1_enable", "2\n");
    sensor_file("pwm1_min", "0\n");
    sensor_file("pwm1_max", "255\n");
  }
};

TEST_F(FanByDuty, IsManualAtThreeQuartersAndAutomaticAfterAReset) {
  EXPECT_EQ(text_of(set(fan_percent, 75.0)), "");
  EXPECT_THAT(written_.all(), ElementsAre("pwm1_enable 1", "pwm1 191"));
  written_.forget();
  EXPECT_EQ(text_of(reset(fan_percent)), "");
  EXPECT_THAT(written_.all(), ElementsAre("pwm1_enable 2"));
}

TEST_F(FanByDuty, TakesNothingOutsideOfItsRange) {
  EXPECT_THAT(text_of(set(fan_percent, -1.0)), HasSubstr("allowed 0..100"));
  EXPECT_THAT(text_of(set(fan_percent, 101.0)), HasSubstr("allowed 0..100"));
  EXPECT_THAT(written_.all(), IsEmpty());
}

TEST_F(FanByDuty, IsReadBackWithTheDriversRounding) {
  on_controller([](Controller& controller) {
    EXPECT_TRUE(controller.holds("hwmon/pwm1", "191", "188"));
    EXPECT_FALSE(controller.holds("hwmon/pwm1", "191", "187"));
    EXPECT_FALSE(controller.holds("hwmon/pwm1", "191", "automatic"));
  });
}

TEST_F(FanByDuty, IsOneKnobSoThatItsModeComesBackWithIt) {
  on_controller([&](Controller& controller) {
    EXPECT_EQ(controller.value_of("hwmon/pwm1").value(), "automatic");
    sensor_file("pwm1_enable", "0\n");
    EXPECT_EQ(controller.value_of("hwmon/pwm1").value(), "uncontrolled");
    EXPECT_TRUE(controller.write("hwmon/pwm1", "uncontrolled"));
    sensor_file("pwm1_enable", "1\n");
    sensor_file("pwm1", "128\n");
    EXPECT_EQ(controller.value_of("hwmon/pwm1").value(), "128");
    EXPECT_TRUE(controller.write("hwmon/pwm1", "128"));
  });
  EXPECT_THAT(written_.all(), ElementsAre("pwm1_enable 0", "pwm1_enable 1", "pwm1 128"));
}

TEST_F(FanByDuty, TellsItsPresentSpeedOnlyWhereItIsSet) {
  EXPECT_FALSE(state(fan_percent)->present);
  sensor_file("pwm1_enable", "1\n");
  sensor_file("pwm1", "128\n");
  EXPECT_EQ(state(fan_percent)->present.optional(), SetpointValue(50.0));
}

TEST_F(FanByDuty, OfAPassiveBoardIsUnsupported) {
  tree_.files.remove(sensors_ / "pwm1").remove(sensors_ / "pwm1_enable");
  EXPECT_EQ(state(fan_percent).error().code, Errc::operation_not_supported);
}

TEST_F(FanByDuty, NeedsTheOverdriveBitWhereTheDutyIsForReadingAlone) {
  tree_.files.remove(sensors_ / "pwm1_enable");
  tree_.files.file("sys/module/amdgpu/parameters/ppfeaturemask", "0xfff7bfff\n");
  const auto state = this->state(fan_percent);
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, Errc::permission_denied);
  EXPECT_THAT(state.error().remedy, HasSubstr("amdgpu.ppfeaturemask=0xfff7ffff"));
}

/// A card whose firmware takes curves, as from RDNA 3 on.
class FanByFirmware : public Settings {
 protected:
  FanByFirmware() {
    curve("0C 0%");
    device_file("gpu_od/fan_ctrl/fan_zero_rpm_enable",
                "FAN_ZERO_RPM_ENABLE:\n1\nOD_RANGE:\nZERO_RPM_ENABLE: 0 1\n");
    device_file("gpu_od/fan_ctrl/fan_minimum_pwm",
                "FAN_MINIMUM_PWM:\n15\nOD_RANGE:\nMINIMUM_PWM: 15 100\n");
    device_file("gpu_od/fan_ctrl/acoustic_limit_rpm_threshold",
                "OD_ACOUSTIC_LIMIT:\n3200\nOD_RANGE:\nACOUSTIC_LIMIT: 500 3200\n");
    device_file("gpu_od/fan_ctrl/acoustic_target_rpm_threshold",
                "OD_ACOUSTIC_TARGET:\n1450\nOD_RANGE:\nACOUSTIC_TARGET: 500 3200\n");
    device_file("gpu_od/fan_ctrl/fan_target_temperature",
                "FAN_TARGET_TEMPERATURE:\n83\nOD_RANGE:\nTARGET_TEMPERATURE: 25 105\n");
    for (const char* name :
         {"fan_curve", "fan_zero_rpm_enable", "fan_minimum_pwm", "acoustic_limit_rpm_threshold",
          "acoustic_target_rpm_threshold", "fan_target_temperature"}) {
      written_.keep(name);
    }
  }
  void curve(const std::string& point) {
    std::string rows = "OD_FAN_CURVE:\n";
    for (int i = 0; i < 5; ++i) rows += std::to_string(i) + ": " + point + "\n";
    device_file(
        "gpu_od/fan_ctrl/fan_curve",
        rows + "OD_RANGE:\nFAN_CURVE(hotspot temp): 25C 100C\nFAN_CURVE(fan speed): 15% 100%\n");
  }
  /// The writes of a value, without reading back.
  Lines written(const SetpointRow& row, const SetpointValue& value) {
    on_controller([&](Controller& controller) {
      const auto writes = accel::testing::plan(controller, {{&row, value}});
      ASSERT_TRUE(writes) << writes.error().text();
      for (const KnobWrite& write : *writes) {
        EXPECT_TRUE(controller.write(write.knob, write.value));
      }
    });
    return written_.all();
  }
};

TEST_F(FanByFirmware, IsAFlatCurveThatMayNotStandStill) {
  EXPECT_THAT(written(fan_percent, 75.0),
              ElementsAre("fan_zero_rpm_enable 0", "fan_zero_rpm_enable c", "fan_curve 0 25 75",
                          "fan_curve 1 43 75", "fan_curve 2 62 75", "fan_curve 3 81 75",
                          "fan_curve 4 100 75", "fan_curve c"));
}

TEST_F(FanByFirmware, IsNotSlowerThanTheFirmwareTakes) {
  EXPECT_THAT(planned({{&fan_percent, 3.0}}),
              ElementsAre("gpu_od/fan_ctrl/fan_zero_rpm_enable 0",
                          "gpu_od/fan_ctrl/fan_curve 25 15;43 15;62 15;81 15;100 15"));
}

TEST_F(FanByFirmware, IsAutomaticAgainByAResetOfTheCurve) {
  on_controller(
      [](Controller& controller) { EXPECT_TRUE(accel::testing::reset(controller, fan_percent)); });
  EXPECT_THAT(written_.all(), ElementsAre("fan_zero_rpm_enable r", "fan_curve r"));
}

TEST_F(FanByFirmware, TellsAFlatCurveAsASpeed) {
  EXPECT_FALSE(state(fan_percent)->present);
  curve("60C 40%");
  EXPECT_EQ(state(fan_percent)->present.optional(), SetpointValue(40.0));
}

TEST_F(FanByFirmware, TakesACurveOfFewerPointsWithTheSameShape) {
  const FanCurve three{{{30, 20}, {70, 60}, {90, 100}}};
  EXPECT_THAT(planned({{&setpoint::fan_curve, three}}),
              ElementsAre("gpu_od/fan_ctrl/fan_curve 30 20;40 30;50 40;70 60;90 100"));
  const FanCurve one{{{50, 100}}};
  EXPECT_THAT(planned({{&setpoint::fan_curve, one}}),
              ElementsAre("gpu_od/fan_ctrl/fan_curve 50 100;63 100;75 100;88 100;100 100"));
}

TEST_F(FanByFirmware, TakesNoCurveThatTheFirmwareCannotHold) {
  const FanCurve six{{{30, 20}, {40, 30}, {50, 40}, {60, 50}, {70, 60}, {80, 100}}};
  EXPECT_THAT(planned({{&setpoint::fan_curve, six}}), ElementsAre(HasSubstr("5 points, not 6")));
  const FanCurve cold{{{20, 20}, {90, 100}}};
  EXPECT_THAT(planned({{&setpoint::fan_curve, cold}}),
              ElementsAre(HasSubstr("20 °C is outside 25..100")));
  const FanCurve quiet{{{40, 0}, {90, 100}}};
  EXPECT_THAT(planned({{&setpoint::fan_curve, quiet}}),
              ElementsAre(HasSubstr("0 % is outside 15..100")));
}

TEST_F(FanByFirmware, ReadsItsCurveBackAsItWouldBeWritten) {
  curve("60C 40%");
  on_controller([](Controller& controller) {
    EXPECT_EQ(controller.value_of("gpu_od/fan_ctrl/fan_curve").value(),
              "60 40;60 40;60 40;60 40;60 40");
  });
  curve("0C 0%");
  on_controller([](Controller& controller) {
    EXPECT_EQ(controller.value_of("gpu_od/fan_ctrl/fan_curve").value(), "automatic");
  });
}

TEST_F(FanByFirmware, KeepsToValuesThatAreWrittenAndCommitted) {
  written(setpoint::fan_minimum_percent, 30.0);
  written(setpoint::fan_acoustic_limit_rpm, 2500.0);
  written(setpoint::fan_acoustic_target_rpm, 1800.0);
  written(setpoint::temp_target_c, 70.0);
  EXPECT_THAT(
      written(setpoint::fan_zero_rpm, false),
      ElementsAre("fan_minimum_pwm 30", "fan_minimum_pwm c", "acoustic_limit_rpm_threshold 2500",
                  "acoustic_limit_rpm_threshold c", "acoustic_target_rpm_threshold 1800",
                  "acoustic_target_rpm_threshold c", "fan_target_temperature 70",
                  "fan_target_temperature c", "fan_zero_rpm_enable 0", "fan_zero_rpm_enable c"));
}

TEST_F(FanByFirmware, EndsACurveBeforeAValueThatWouldEndItSoThatItCanComeBack) {
  curve("60C 40%");
  EXPECT_THAT(planned({{&setpoint::temp_target_c, 70.0}}),
              ElementsAre("gpu_od/fan_ctrl/fan_curve automatic",
                          "gpu_od/fan_ctrl/fan_target_temperature 70"));
  EXPECT_THAT(planned({{&setpoint::fan_zero_rpm, true}}),
              ElementsAre("gpu_od/fan_ctrl/fan_zero_rpm_enable 1"));
}

TEST_F(FanByFirmware, GetsItsCurveLastOfAll) {
  const FanCurve curve{{{30, 20}, {90, 100}}};
  const auto lines = planned({{&setpoint::fan_curve, curve}, {&setpoint::temp_target_c, 70.0}});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[1], HasSubstr("fan_curve"));
}

TEST_F(FanByFirmware, GoesBackToTheDefaultOfTheFileAlone) {
  constexpr std::string_view knob = "gpu_od/fan_ctrl/fan_target_temperature";
  on_controller([&](Controller& controller) {
    EXPECT_FALSE(controller.holds(knob, "default", "83"))
        << "nobody knows, so it has to be written";
    EXPECT_TRUE(accel::testing::reset(controller, setpoint::temp_target_c));
    EXPECT_TRUE(controller.holds(knob, "default", "83")) << "what came back is the default";
    EXPECT_FALSE(controller.holds(knob, "default", "70"));
    EXPECT_FALSE(controller.holds(knob, "70", "83"));
  });
  EXPECT_THAT(written_.all(), ElementsAre("fan_target_temperature r"));
}

TEST_F(FanByFirmware, HasTheRangesThatTheFilesTell) {
  EXPECT_EQ(state(setpoint::temp_target_c)->range.max, 105);
  EXPECT_EQ(state(setpoint::fan_minimum_percent)->range.min, 15);
  EXPECT_EQ(state(setpoint::fan_zero_rpm)->present.optional(), SetpointValue(true));
  EXPECT_EQ(state(setpoint::fan_curve)->range.min, 15);
}

}  // namespace
}  // namespace accel::amd
