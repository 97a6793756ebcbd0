// Every dialect of pp_od_clk_voltage: which settings it gives, and what is written for them.
#include "accel/control/change.hpp"
#include "unit/amd/control/fixture.hpp"

namespace accel::amd {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the words of these tests
using setpoint::gpu_clock_offset_mhz;
using setpoint::mem_clock_offset_mhz;
using setpoint::sm_clock_mhz;

constexpr std::string_view kRdna3 =
    "OD_SCLK:\n0: 500Mhz\n1: 2735Mhz\nOD_MCLK:\n0: 97Mhz\n1: 1250MHz\nOD_VDDGFX_OFFSET:\n0mV\n"
    "OD_RANGE:\nSCLK:     500Mhz       5000Mhz\nMCLK:      97Mhz       1500Mhz\n"
    "VDDGFX_OFFSET:    -450mv          0mv\n";
constexpr std::string_view kRdna4 =
    "OD_SCLK_OFFSET:\n0Mhz\nOD_MCLK:\n0: 97Mhz\n1: 1259MHz\nOD_VDDGFX_OFFSET:\n-50mV\n"
    "OD_RANGE:\nSCLK_OFFSET:    -500Mhz       1000Mhz\nMCLK:      97Mhz       1500Mhz\n"
    "VDDGFX_OFFSET:    -200mv          0mv\n";
constexpr std::string_view kRdna1 =
    "OD_SCLK:\n0: 800Mhz\n1: 2100Mhz\nOD_MCLK:\n1: 875MHz\nOD_VDDC_CURVE:\n0: 800MHz 711mV\n"
    "1: 1450MHz 801mV\n2: 2100MHz 1191mV\nOD_RANGE:\nSCLK: 800Mhz 2150Mhz\nMCLK: 625Mhz 950Mhz\n";
constexpr std::string_view kPolaris =
    "OD_SCLK:\n0:        300MHz        750mV\n1:        600MHz        769mV\n"
    "2:       1366MHz       1150mV\nOD_MCLK:\n0:        300MHz        750mV\n"
    "1:       1750MHz        975mV\nOD_RANGE:\nSCLK:     300MHz       2000MHz\n"
    "MCLK:     300MHz       2250MHz\nVDDC:     750mV        1200mV\n";
constexpr std::string_view kApu =
    "OD_SCLK:\n0: 800Mhz\n1: 2700Mhz\nOD_RANGE:\nSCLK: 800Mhz 2700Mhz\n";
constexpr std::string_view kInstinct =
    "OD_SCLK:\n0: 500Mhz\n1: 2100Mhz\nOD_MCLK:\n0: 900Mhz\n1: 1300Mhz\n";

class ClockTable : public Settings {
 protected:
  void table(std::string_view text, const std::string& level = "auto") {
    device_file("pp_od_clk_voltage", text);
    device_file("power_dpm_force_performance_level", level + "\n");
    written_.keep("pp_od_clk_voltage");
  }
  Lines written(const Values& values) {
    on_controller([&](Controller& controller) {
      const auto writes = accel::testing::plan(controller, values);
      ASSERT_TRUE(writes) << writes.error().text();
      for (const KnobWrite& write : *writes) {
        EXPECT_TRUE(controller.write(write.knob, write.value));
      }
    });
    return written_.all();
  }
};

TEST_F(ClockTable, OfRdna2And3IsARangeOfWhichItsOwnRowsAloneAreWritten) {
  table(kRdna3);
  EXPECT_THAT(written({{&sm_clock_mhz, 1500.0}}),
              ElementsAre("pp_od_clk_voltage s 0 1500", "pp_od_clk_voltage c",
                          "pp_od_clk_voltage s 1 1500", "pp_od_clk_voltage c"));
}

TEST_F(ClockTable, MovesTheHighestFirstGoingUpAndTheLowestFirstGoingDown) {
  table(kRdna3);
  EXPECT_THAT(planned({{&sm_clock_mhz, NumberSpan{2800, 3000}}}),
              ElementsAre("pp_od_clk_voltage s 1 3000", "pp_od_clk_voltage s 0 2800"));
  EXPECT_THAT(planned({{&sm_clock_mhz, NumberSpan{500, 600}}}),
              ElementsAre("pp_od_clk_voltage s 0 500", "pp_od_clk_voltage s 1 600"));
}

TEST_F(ClockTable, HasTheRangeOfTheDriver) {
  table(kRdna3);
  const auto state = this->state(sm_clock_mhz);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->range.min, 500);
  EXPECT_EQ(state->range.max, 5000);
  EXPECT_EQ(state->present.optional(), (SetpointValue(NumberSpan{500, 2735})));
  EXPECT_FALSE(state->usual) << "the driver does not tell it";
}

TEST_F(ClockTable, GoesBackToTheRowsBeforeAndIsNeverReset) {
  table(kRdna3);
  EXPECT_THAT(default_of(sm_clock_mhz), ElementsAre("pp_od_clk_voltage s 0 (as it was)",
                                                    "pp_od_clk_voltage s 1 (as it was)"));
}

TEST_F(ClockTable, IsWrittenInLevelAutoWhereALevelWouldHideIt) {
  table(kRdna3, "high");
  EXPECT_THAT(planned({{&sm_clock_mhz, 1500.0}}),
              ElementsAre("power_dpm_force_performance_level auto", "pp_od_clk_voltage s 0 1500",
                          "pp_od_clk_voltage s 1 1500", "power_dpm_force_performance_level high"));
}

TEST_F(ClockTable, OfVega20AndRdna1IsARangeAsWell) {
  table(kRdna1);
  EXPECT_THAT(planned({{&sm_clock_mhz, NumberSpan{800, 1800}}}),
              ElementsAre("pp_od_clk_voltage s 0 800", "pp_od_clk_voltage s 1 1800"));
}

TEST_F(ClockTable, OfRdna4TakesAnOffset) {
  table(kRdna4);
  const auto state = this->state(gpu_clock_offset_mhz);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->range.min, -500);
  EXPECT_EQ(state->range.max, 1000);
  EXPECT_EQ(state->present.optional(), SetpointValue(0.0));
  EXPECT_EQ(state->usual.optional(), SetpointValue(0.0));
  EXPECT_THAT(written({{&gpu_clock_offset_mhz, -100.0}}),
              ElementsAre("pp_od_clk_voltage s -100", "pp_od_clk_voltage c"));
  EXPECT_THAT(default_of(gpu_clock_offset_mhz), ElementsAre("pp_od_clk_voltage s 0"));
}

TEST_F(ClockTable, OfEarlierCardsMovesTheHighestClockByADifference) {
  table(kRdna3);
  on_controller([&](Controller& controller) {
    const auto writes = controller.writes(gpu_clock_offset_mhz, 100.0);
    ASSERT_TRUE(writes);
    ASSERT_EQ(writes->size(), 1U);
    EXPECT_EQ(writes->at(0).knob, "pp_od_clk_voltage s 1");
    EXPECT_EQ(writes->at(0).value, "+100");
    EXPECT_EQ(controller.write("pp_od_clk_voltage s 1", "+100").error().code,
              Errc::invalid_argument)
        << "a difference that nobody added";
    const auto memory = controller.writes(mem_clock_offset_mhz, -50.0);
    ASSERT_TRUE(memory);
    EXPECT_EQ(memory->at(0).knob, "pp_od_clk_voltage m 1");
    EXPECT_EQ(memory->at(0).value, "+-50");
  });
  EXPECT_THAT(default_of(gpu_clock_offset_mhz), ElementsAre("pp_od_clk_voltage s 1 (as it was)"));
}

TEST_F(ClockTable, OfEarlierCardsIsPlannedFromTheClockThatWasThereFirst) {
  table(kRdna3);
  const std::vector<SettingWish> wishes{{"gpu_clock_offset_mhz", SetpointValue(-100.0)}};
  const auto planned = [&](const KnobRecords& records) {
    const auto plan = plan_settings(system(), 0, wishes, records).at(0);
    return plan ? plan->steps.at(0).write.value : plan.error().text();
  };

  EXPECT_EQ(planned({}), "2635") << "accel has not written it yet";
  EXPECT_EQ(planned({{"pp_od_clk_voltage s 1", {"2635", "2700"}}}), "2600");
}

TEST_F(ClockTable, OfPolarisKeepsTheVoltageOfARowWhoseClockMoves) {
  table(kPolaris);
  EXPECT_THAT(planned({{&gpu_clock_offset_mhz, 34.0}}),
              ElementsAre("power_dpm_force_performance_level manual", "pp_od_clk_voltage s 2 +34"));
  on_controller([](Controller& controller) {
    EXPECT_EQ(controller.value_of("pp_od_clk_voltage s 2").value(), "1366");
    EXPECT_TRUE(controller.write("pp_od_clk_voltage s 2", "1400"));
  });
  EXPECT_THAT(written_.all(),
              ElementsAre("pp_od_clk_voltage s 2 1400 1150", "pp_od_clk_voltage c"));
}

TEST_F(ClockTable, OfAChipWithACpuIsWrittenInLevelManual) {
  table(kApu);
  EXPECT_THAT(planned({{&sm_clock_mhz, 1200.0}}),
              ElementsAre("power_dpm_force_performance_level manual", "pp_od_clk_voltage s 0 1200",
                          "pp_od_clk_voltage s 1 1200"));
  on_controller([&](Controller& controller) {
    EXPECT_TRUE(controller.write("pp_od_clk_voltage s 1", "2700"));
    EXPECT_THAT(written_.all(), IsEmpty()) << "so it is out of level manual anyway";
  });
}

TEST_F(ClockTable, OfAnAcceleratorHasNoRange) {
  table(kInstinct, "perf_determinism");
  const auto state = this->state(sm_clock_mhz);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_THAT(state->range.unchecked, HasSubstr("has no OD_RANGE"));
  EXPECT_THAT(planned({{&sm_clock_mhz, 1200.0}}),
              ElementsAre("pp_od_clk_voltage s 0 1200", "pp_od_clk_voltage s 1 1200"));
}

TEST_F(ClockTable, ThatIsHiddenNeedsTheOverdriveBit) {
  tree_.files.file("sys/module/amdgpu/parameters/ppfeaturemask", "0xfff7bfff\n");
  for (const SetpointRow* row : {&gpu_clock_offset_mhz, &mem_clock_offset_mhz, &setpoint::fan_curve,
                                 &setpoint::temp_target_c}) {
    const auto state = this->state(*row);
    ASSERT_FALSE(state) << row->name;
    EXPECT_EQ(state.error().code, Errc::permission_denied) << row->name;
    EXPECT_THAT(state.error().message, HasSubstr("overdrive bit")) << row->name;
    EXPECT_THAT(state.error().remedy, HasSubstr("amdgpu.ppfeaturemask=0xfff7ffff")) << row->name;
  }
}

TEST_F(ClockTable, ThatIsMissingWithTheBitIsUnsupported) {
  tree_.files.file("sys/module/amdgpu/parameters/ppfeaturemask", "0xffffffff\n");
  EXPECT_EQ(state(gpu_clock_offset_mhz).error().code, Errc::operation_not_supported);
}

TEST_F(ClockTable, WithoutAUsableFormIsAnErrorWithItsPath) {
  table("0: 500Mhz\n");
  EXPECT_EQ(state(gpu_clock_offset_mhz).error().code, Errc::malformed);
  EXPECT_THAT(state(gpu_clock_offset_mhz).error().message, HasSubstr("pp_od_clk_voltage"));
}

TEST_F(ClockTable, IsWrittenInTheSafeOrderWithEverythingElse) {
  table(kRdna3);
  device_file("pp_dpm_mclk", "0: 96Mhz *\n1: 456Mhz \n2: 1249Mhz \n");
  device_file("pp_power_profile_mode", " 0 BOOTUP_DEFAULT*:\n 5        COMPUTE :\n");
  sensor_file("power1_cap", "290000000\n");
  sensor_file("pwm1", "0\n");
  sensor_file("pwm1_enable", "2\n");

  EXPECT_THAT(planned({{&setpoint::mem_clock_mhz, 456.0},
                       {&setpoint::performance_level, std::string("manual")},
                       {&setpoint::power_limit_w, 250.0},
                       {&setpoint::fan_percent, 50.0},
                       {&setpoint::power_profile, std::string("COMPUTE")},
                       {&sm_clock_mhz, 1500.0}}),
              ElementsAre("pp_od_clk_voltage s 0 1500", "pp_od_clk_voltage s 1 1500",
                          "power_dpm_force_performance_level manual", "pp_power_profile_mode 5",
                          "hwmon/pwm1 128", "hwmon/power1_cap 250000000",
                          "power_dpm_force_performance_level manual",
                          "power_dpm_force_performance_level manual", "pp_dpm_mclk 1"));
}

}  // namespace
}  // namespace accel::amd
