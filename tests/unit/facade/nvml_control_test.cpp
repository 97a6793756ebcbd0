// Settings through the NVML facade: what is set, in what order, and what is answered.
#include <algorithm>
#include <cmath>
#include <limits>

#include "unit/facade/nvml_facade.hpp"

namespace accel::facade {
namespace {

using Calls = std::vector<std::string>;
using fake_nvml::Offset;

/// A V100 with 100..300 W and a T4, as a program with the rights of root sees them.
class NvmlControl : public NvmlFacade {
 protected:
  NvmlControl() {
    v100_->power_range = {{100000, 300000}};
    v100_->power_default = 250000;
    v100_->power_limit = 200000;
    v100_->memory_clocks = {877};
    v100_->graphics_clocks = {{877, {1530, 1500, 1200}}};
    give_fans(*v100_, 2);
  }
  static void give_fans(Gpu& gpu, std::uint32_t count) {
    gpu.fan_count = count;
    gpu.fan_speeds.assign(count, 30);
    gpu.fan_targets.assign(count, 30);
    gpu.fan_policies.assign(count, 0);
    gpu.fan_range = {{0, 100}};
  }
  SetpointResult apply(std::string_view parameter, const NvmlValue& value) {
    return backend_.apply_setpoint("GPU0", parameter, value, false);
  }
  static const NvmlItem& item(const NvmlResult& result, std::string_view name) {
    const auto found = std::ranges::find(result.items, name, &NvmlItem::name);
    if (found == result.items.end()) throw std::runtime_error("no item " + std::string(name));
    return *found;
  }

  NVMLBackend backend_{machine()};
};

// A-CTL-01
TEST_F(NvmlControl, PlansASetpointWithoutSettingAnything) {
  const auto result = backend_.apply_setpoint("GPU0", "power_limit_w", 250, true);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_TRUE(result.dry_run);
  EXPECT_EQ(result.device, "GPU0");
  EXPECT_EQ(result.parameter, "power_limit_w");
  EXPECT_EQ(result.value, SetpointValue(250.0));
  EXPECT_EQ(result.previous, SetpointValue(200.0));
  EXPECT_EQ(result.range.min, 100.0);
  EXPECT_EQ(result.range.max, 300.0);
  EXPECT_EQ(result.calls, Calls{"nvmlDeviceSetPowerManagementLimit(250000)"});
  EXPECT_TRUE(v100_->sets.empty());
}

// A-CTL-02
TEST_F(NvmlControl, PlansUnlessItIsToldToSet) {
  EXPECT_TRUE(backend_.apply_setpoint("GPU0", "power_limit_w", 250).dry_run);
  EXPECT_TRUE(backend_.reset_to_defaults("GPU0").dry_run);
  EXPECT_TRUE(v100_->sets.empty());
}

// A-CTL-03
TEST_F(NvmlControl, SetsThePowerLimitOnceInMilliwatts) {
  const auto result = apply("power_limit_w", 250);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_FALSE(result.dry_run);
  EXPECT_TRUE(result.verified);
  EXPECT_EQ(result.previous, SetpointValue(200.0));
  EXPECT_EQ(result.applied, SetpointValue(250.0));
  EXPECT_FALSE(result.persistent);
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetPowerManagementLimit(250000)"});
  EXPECT_TRUE(t4_->sets.empty());
}

// A-CTL-04
TEST_F(NvmlControl, LocksTheClockOfTheEngines) {
  const auto result = apply("sm_clock_mhz", 1500);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetGpuLockedClocks(1500, 1500)"});
  // What NVML does not tell cannot be verified, and is not claimed to be.
  EXPECT_FALSE(result.verified);
  EXPECT_FALSE(result.warnings.empty());
  EXPECT_TRUE(apply("sm_clock_mhz", NumberSpan{1200, 1530}).success);
  EXPECT_EQ(v100_->sets.back(), "nvmlDeviceSetGpuLockedClocks(1200, 1530)");
}

TEST_F(NvmlControl, LowersAClockToOneThatTheDeviceHas) {
  const auto result = apply("sm_clock_mhz", 1520);

  EXPECT_EQ(result.value, SetpointValue(1520.0));
  EXPECT_EQ(result.applied, SetpointValue(1500.0));
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetGpuLockedClocks(1500, 1500)"});
}

// A-CTL-05
TEST_F(NvmlControl, LocksTheClockOfTheMemory) {
  EXPECT_TRUE(apply("mem_clock_mhz", 877).success);
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetMemoryLockedClocks(877, 877)"});
}

// A-CTL-06
TEST_F(NvmlControl, SetsEveryFanAndAnswersForEach) {
  const auto result = apply("fan_percent", 75);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_EQ(v100_->sets,
            (Calls{"nvmlDeviceSetFanSpeed_v2(0, 75)", "nvmlDeviceSetFanSpeed_v2(1, 75)"}));
  ASSERT_EQ(result.items.size(), 2U);
  EXPECT_TRUE(result.items[0].verified);
  EXPECT_EQ(result.items[1].name, "nvmlDeviceSetFanSpeed_v2 1");
}

TEST_F(NvmlControl, GivesAFanBackWhenAnotherRefuses) {
  v100_->before = [this, tries = 0](const char* function) mutable {
    const bool is_second = std::string_view(function) == "nvmlDeviceSetFanSpeed_v2" && ++tries == 2;
    if (is_second) v100_->status["nvmlDeviceSetFanSpeed_v2"] = 19;
  };
  const auto result = apply("fan_percent", 75);

  EXPECT_FALSE(result.success);
  EXPECT_NE(result.error.find("nvmlDeviceSetFanSpeed_v2: In use by another client"),
            std::string::npos);
  EXPECT_EQ(v100_->sets,
            (Calls{"nvmlDeviceSetFanSpeed_v2(0, 75)", "nvmlDeviceSetFanSpeed_v2(1, 75)",
                   "nvmlDeviceSetDefaultFanSpeed_v2(0)"}));
  EXPECT_EQ(result.undone.back(), "nvmlDeviceSetDefaultFanSpeed_v2(0)");
  EXPECT_EQ(v100_->fan_policies, (std::vector<std::uint32_t>{0, 0}));
}

// A-CTL-07
TEST_F(NvmlControl, SwitchesErrorCorrectionForTheNextStart) {
  v100_->ecc_mode = {{1, 1}};
  const auto off = apply("ecc_enabled", false);

  EXPECT_TRUE(off.success) << off.error;
  EXPECT_TRUE(off.persistent);
  EXPECT_TRUE(off.reboot_required);
  EXPECT_EQ(off.previous, SetpointValue(true));
  EXPECT_EQ(off.pending, SetpointValue(false));
  EXPECT_TRUE(apply("ecc_enabled", true).success);
  EXPECT_EQ(v100_->sets, (Calls{"nvmlDeviceSetEccMode(0)", "nvmlDeviceSetEccMode(1)"}));
}

// A-CTL-08
TEST_F(NvmlControl, RefusesAParameterThatIsNone) {
  for (const bool dry_run : {true, false}) {
    const auto result = backend_.apply_setpoint("GPU0", "unknown_param", 100, dry_run);
    EXPECT_FALSE(result.success);
    EXPECT_EQ(result.error, "Unknown parameter: unknown_param");
  }
}

// A-CTL-09, A-CTL-23
TEST_F(NvmlFacade, ChangesNothingWhereItIsNotInitialised) {
  script_.init_status = 9;
  NVMLBackend backend(machine());

  for (const bool dry_run : {true, false}) {
    const auto set = backend.apply_setpoint("GPU0", "power_limit_w", 250, dry_run);
    EXPECT_FALSE(set.success);
    EXPECT_NE(set.error.find("NVML not initialized"), std::string::npos);
    const auto reset = backend.reset_to_defaults("GPUX", dry_run);
    EXPECT_FALSE(reset.success);
    EXPECT_NE(reset.error.find("NVML not initialized"), std::string::npos);
  }
}

// A-CTL-10, A-CTL-23
TEST_F(NvmlControl, KeepsTheDriversWordsForAHandleItDoesNotGive) {
  v100_->status["nvmlDeviceGetHandleByIndex_v2"] = 999;
  script_.words[999] = "Apply failed";
  EXPECT_NE(apply("power_limit_w", 250).error.find("Apply failed"), std::string::npos);

  script_.words[999] = "Reset failed";
  const auto reset = backend_.reset_to_defaults("GPU0", false);
  EXPECT_FALSE(reset.success);
  EXPECT_NE(reset.error.find("Reset failed"), std::string::npos);
  EXPECT_NE(heard_.find("reset_to_defaults: "), std::string::npos);
}

// A-CTL-11
TEST_F(NvmlControl, RefusesAPowerLimitThatTheDeviceDoesNotTake) {
  const NvmlValue bad[] = {99, 301, std::nan(""), std::numeric_limits<double>::infinity(), "abc",
                           -5, 0,   true};
  for (const NvmlValue& value : bad) {
    for (const bool dry_run : {true, false}) {
      const auto result = backend_.apply_setpoint("GPU0", "power_limit_w", value, dry_run);
      EXPECT_FALSE(result.success) << to_text(value.value());
      EXPECT_EQ(result.error, "Invalid value for power_limit_w: " + to_text(value.value()) +
                                  " (allowed 100..300)");
      EXPECT_EQ(result.code, "InvalidArgument");
    }
  }
  EXPECT_TRUE(v100_->sets.empty());
}

// A-CTL-12
TEST_F(NvmlControl, RefusesAFanSpeedThatIsNone) {
  EXPECT_FALSE(apply("fan_percent", -1).success);
  EXPECT_FALSE(apply("fan_percent", 101).success);
  v100_->fan_range.reset();
  EXPECT_FALSE(apply("fan_percent", -1).success);
  EXPECT_FALSE(apply("fan_percent", 101).success);
  EXPECT_TRUE(v100_->sets.empty());
}

// A-CTL-13
TEST_F(NvmlControl, TellsBothValuesWhereTheyDiffer) {
  v100_->deaf = true;
  const auto result = apply("power_limit_w", 250);

  EXPECT_FALSE(result.verified);
  EXPECT_EQ(result.warnings,
            Calls{"nvmlDeviceSetPowerManagementLimit: wrote 250000, reads 200000"});
  EXPECT_EQ(result.applied, SetpointValue(200.0));
}

// A-CTL-14
TEST_F(NvmlControl, NamesTheRemedyWhereTheRightIsMissing) {
  v100_->status["nvmlDeviceSetPowerManagementLimit"] = 4;
  const auto result = apply("power_limit_w", 250);

  EXPECT_FALSE(result.success);
  EXPECT_EQ(result.code, "PermissionDenied");
  EXPECT_FALSE(result.remedy.empty());
  EXPECT_NE(result.error.find("Insufficient Permissions"), std::string::npos);
  EXPECT_NE(heard_.find("apply_setpoint: " + result.error), std::string::npos);
}

// A-CTL-15
TEST_F(NvmlControl, KeepsTheFractionOfAWatt) {
  const auto result = apply("power_limit_w", 250.7);

  EXPECT_EQ(result.value, SetpointValue(250.7));
  EXPECT_EQ(result.applied, SetpointValue(250.7));
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetPowerManagementLimit(250700)"});
}

TEST_F(NvmlControl, SaysThatARangeIsNotKnown) {
  v100_->power_range.reset();
  const auto result = apply("power_limit_w", 5000);

  EXPECT_TRUE(result.success);
  EXPECT_EQ(result.range.unchecked, "nvmlDeviceGetPowerManagementLimitConstraints: Not Supported");
}

// A-CTL-20
TEST_F(NvmlControl, PlansAResetWithoutSettingAnything) {
  const auto result = backend_.reset_to_defaults("GPU0", true);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_TRUE(result.dry_run);
  EXPECT_EQ(result.device, "GPU0");
  EXPECT_TRUE(v100_->sets.empty());
}

// A-CTL-21, A-CTL-24
TEST_F(NvmlControl, ResetsEverySettingToItsDefault) {
  give_fans(*t4_, 1);
  t4_->power_range = {{100000, 400000}};
  t4_->power_default = 300000;
  t4_->power_limit = 400000;
  t4_->offsets[{0, 0}] = {100, -200, 200};
  const auto result = backend_.reset_to_defaults("GPU1", false);

  EXPECT_TRUE(result.success) << result.error;
  EXPECT_FALSE(result.dry_run);
  EXPECT_TRUE(result.complete);
  EXPECT_EQ(t4_->sets,
            (Calls{"nvmlDeviceSetDefaultFanSpeed_v2(0)",
                   "nvmlDeviceSetPowerManagementLimit(300000)", "nvmlDeviceResetGpuLockedClocks()",
                   "nvmlDeviceResetMemoryLockedClocks()", "nvmlDeviceSetClockOffsets(0, 0, 0)"}));
  EXPECT_TRUE(item(result, "power_limit_w").success);
  EXPECT_TRUE(item(result, "temp_target_c").skipped);
  EXPECT_FALSE(item(result, "temp_target_c").error.empty());
}

// A-CTL-22
TEST_F(NvmlControl, ResetsTheOthersWhereOneFails) {
  v100_->power_default.reset();
  const auto result = backend_.reset_to_defaults("GPU0", false);

  EXPECT_TRUE(result.success);
  EXPECT_FALSE(result.complete);
  EXPECT_FALSE(item(result, "power_limit_w").success);
  EXPECT_FALSE(item(result, "power_limit_w").skipped);
  EXPECT_NE(item(result, "power_limit_w").error.find("nvmlDeviceGetPowerManagementDefaultLimit"),
            std::string::npos);
  EXPECT_TRUE(item(result, "sm_clock_mhz").success);
  EXPECT_EQ(std::ranges::count(v100_->sets, "nvmlDeviceResetGpuLockedClocks()"), 1);
}

TEST_F(NvmlControl, FailsToResetADeviceThatIsLost) {
  script_.status["nvmlDeviceGetPowerManagementLimit"] = 15;
  for (const char* function :
       {"nvmlDeviceResetGpuLockedClocks", "nvmlDeviceResetMemoryLockedClocks",
        "nvmlDeviceSetDefaultFanSpeed_v2", "nvmlDeviceGetNumFans",
        "nvmlDeviceGetTemperatureThreshold", "nvmlDeviceGetClockOffsets", "nvmlDeviceGetEccMode"}) {
    script_.status[function] = 15;
  }
  const auto result = backend_.reset_to_defaults("GPU0", false);

  EXPECT_FALSE(result.success);
  EXPECT_EQ(result.code, "DeviceLost");
}

TEST_F(NvmlControl, ResetsErrorCorrectionOnlyWithConsent) {
  v100_->ecc_mode = {{0, 0}};
  const auto without = backend_.reset_to_defaults("GPU0", false);
  EXPECT_TRUE(item(without, "ecc_enabled").skipped);
  EXPECT_TRUE(without.complete);
  EXPECT_EQ(std::ranges::count(v100_->sets, "nvmlDeviceSetEccMode(1)"), 0);

  const auto with = backend_.reset_to_defaults("GPU0", false, true);
  EXPECT_TRUE(item(with, "ecc_enabled").success);
  EXPECT_EQ(std::ranges::count(v100_->sets, "nvmlDeviceSetEccMode(1)"), 1);
}

TEST_F(NvmlControl, ResetsTheTemperatureTargetToWhatItFound) {
  v100_->thresholds = {{4, 65}, {5, 83}, {6, 90}};
  EXPECT_TRUE(apply("temp_target_c", 75).verified);
  EXPECT_TRUE(apply("temp_target_c", 70).verified);

  EXPECT_TRUE(backend_.reset_to_defaults("GPU0", false).complete);
  EXPECT_EQ(v100_->thresholds[5], 83U);
}

// A-CTL-59
TEST_F(NvmlControl, HasNoClockOffsetOfADeviceWithoutTheCall) {
  for (const bool dry_run : {true, false}) {
    const auto result = backend_.apply_setpoint("GPU0", "gpu_clock_offset_mhz", 100, dry_run);
    EXPECT_FALSE(result.success);
    EXPECT_EQ(result.code, "OperationNotSupported");
  }
  EXPECT_TRUE(v100_->sets.empty());
}

TEST_F(NvmlControl, OffsetsAClock) {
  v100_->graphics_offset = Offset{0, -200, 200};

  EXPECT_TRUE(apply("gpu_clock_offset_mhz", 100).verified);
  EXPECT_EQ(apply("gpu_clock_offset_mhz", 201).error,
            "Invalid value for gpu_clock_offset_mhz: 201 (allowed -200..200)");
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetGpcClkVfOffset(100)"});
}

TEST_F(NvmlControl, LeavesALockOfOthersWhereItsOwnIsRefused) {
  v100_->status["nvmlDeviceSetGpuLockedClocks"] = 2;
  const auto result = apply("sm_clock_mhz", 1500);

  EXPECT_FALSE(result.success);
  EXPECT_EQ(v100_->sets, Calls{"nvmlDeviceSetGpuLockedClocks(1500, 1500)"});
}

TEST_F(NvmlControl, ChangesTheDeviceThatIsMeantAndNoInstance) {
  auto part = std::make_shared<Gpu>();
  v100_->mig_mode = {{1, 1}};
  v100_->mig = {part};

  EXPECT_EQ(backend_.apply_setpoint("GPU0.0", "power_limit_w", 250, false).code,
            "OperationNotSupported");
  EXPECT_EQ(backend_.reset_to_defaults("GPU0.0", false).code, "OperationNotSupported");
  EXPECT_EQ(backend_.apply_setpoint("0", "power_limit_w", 250).error, "Invalid device id: '0'");
  EXPECT_EQ(backend_.apply_setpoint("GPU9", "power_limit_w", 250).error,
            "GPU with index 9 not found");
  EXPECT_TRUE(
      backend_.apply_setpoint("abcdef12-0000-0000-0000-000000000002", "power_limit_w", 250, false)
          .success);
  EXPECT_EQ(t4_->sets, Calls{"nvmlDeviceSetPowerManagementLimit(250000)"});
  EXPECT_TRUE(part->sets.empty());
  EXPECT_TRUE(v100_->sets.empty());
}

TEST_F(NvmlControl, WakesNothing) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia", .runtime_status = "suspended"});
  add_card(tree_, "0000:42:00.0", {.driver = "nvidia", .runtime_status = "active"});

  EXPECT_EQ(apply("power_limit_w", 250).code, "DeviceAsleep");
  EXPECT_EQ(calls("nvmlDeviceGetHandleByIndex_v2"), 0);
}

}  // namespace
}  // namespace accel::facade
