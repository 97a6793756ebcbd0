// Power, temperature and modes, and what the settings of a GPU have in common.
#include "backends/nvidia/control/controller.hpp"
#include "support/as_nobody.hpp"
#include "unit/nvidia/control/fixture.hpp"

namespace accel::nvidia {
namespace {

TEST_F(NvidiaSettings, TellThePowerLimitItsRangeAndItsDefaultInWatts) {
  gpu_.power_limit = 250700;

  const auto found = state(setpoint::power_limit_w);

  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present.optional(), SetpointValue(250.7));
  EXPECT_EQ(found->present.source(), "nvmlDeviceGetPowerManagementLimit");
  EXPECT_EQ(found->usual.optional(), SetpointValue(700.0));
  EXPECT_EQ(found->range.min, 200.0);
  EXPECT_EQ(found->range.max, 700.0);
  EXPECT_EQ(found->range.unchecked, "");
}

TEST_F(NvidiaSettings, SetThePowerLimitInWholeMilliwatts) {
  EXPECT_EQ(writes(setpoint::power_limit_w, 250.7),
            Calls{"nvmlDeviceSetPowerManagementLimit = 250700"});
  EXPECT_EQ(writes(setpoint::power_limit_w, 32.3),
            Calls{"nvmlDeviceSetPowerManagementLimit = 32300"});
  EXPECT_EQ(writes(setpoint::power_limit_w, 250.0009),
            Calls{"nvmlDeviceSetPowerManagementLimit = 250000"});

  ASSERT_TRUE(set(setpoint::power_limit_w, 250.0));
  EXPECT_EQ(gpu_.sets, Calls{"nvmlDeviceSetPowerManagementLimit(250000)"});
  EXPECT_EQ(controller().value_of("nvmlDeviceSetPowerManagementLimit"), "250000");
}

TEST_F(NvidiaSettings, ResetThePowerLimitToItsDefaultAndNotToItsHighest) {
  gpu_.power_range = {{100000, 400000}};
  gpu_.power_default = 300000;

  ASSERT_TRUE(reset(setpoint::power_limit_w));
  EXPECT_EQ(gpu_.sets, Calls{"nvmlDeviceSetPowerManagementLimit(300000)"});

  gpu_.power_default.reset();
  EXPECT_EQ(
      default_writes(setpoint::power_limit_w),
      Calls{"Operation not supported: nvmlDeviceGetPowerManagementDefaultLimit: Not Supported"});
}

TEST_F(NvidiaSettings, LeaveAValueUncheckedWhereTheDeviceTellsNoRange) {
  gpu_.power_range.reset();

  const auto found = state(setpoint::power_limit_w);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->range.unchecked, "nvmlDeviceGetPowerManagementLimitConstraints: Not Supported");

  gpu_.status["nvmlDeviceGetPowerManagementLimitConstraints"] = 15;
  EXPECT_EQ(state(setpoint::power_limit_w).error().code, Errc::device_lost);
}

TEST_F(NvidiaSettings, RefuseARangeThatIsNone) {
  gpu_.power_range = {{700000, 200000}};
  EXPECT_EQ(state(setpoint::power_limit_w).error().code, Errc::malformed);

  gpu_.power_range = {{0xFFFFFFFF, 0xFFFFFFFF}};
  EXPECT_EQ(state(setpoint::power_limit_w).error().code, Errc::malformed);
}

TEST_F(NvidiaSettings, ShowEachCallAsItWillBeMade) {
  give_fans({0}, {30});
  EXPECT_EQ(controller().call_text("nvmlDeviceSetPowerManagementLimit", "250000"),
            "nvmlDeviceSetPowerManagementLimit(250000)");
  EXPECT_EQ(controller().call_text("nvmlDeviceSetGpuLockedClocks", "1200 1500"),
            "nvmlDeviceSetGpuLockedClocks(1200, 1500)");
  EXPECT_EQ(controller().call_text("nvmlDeviceSetGpuLockedClocks", "unlocked"),
            "nvmlDeviceResetGpuLockedClocks()");
  EXPECT_EQ(controller().call_text("nvmlDeviceSetFanSpeed_v2 0", "manual 75"),
            "nvmlDeviceSetFanSpeed_v2(0, 75)");
  EXPECT_EQ(controller().call_text("nvmlDeviceSetTemperatureThreshold", "83"),
            "nvmlDeviceSetTemperatureThreshold(5, 83)");
  EXPECT_EQ(controller().call_text("nvmlDeviceSetClockOffsets 0 2", "-100"),
            "nvmlDeviceSetClockOffsets(0, 2, -100)");
  EXPECT_TRUE(gpu_.sets.empty());
}

TEST_F(NvidiaSettings, RefuseKnobsAndValuesThatAreNone) {
  for (const char* knob :
       {"", "nvmlShutdown", "nvmlDeviceSetFanSpeed_v2", "nvmlDeviceSetFanSpeed_v2 x",
        "nvmlDeviceSetPowerManagementLimit 1", "nvmlDeviceSetFanSpeed_v2 0 1"}) {
    EXPECT_EQ(controller().write(knob, "1").error().code, Errc::not_found) << knob;
    EXPECT_EQ(controller().value_of(knob).error().code, Errc::not_found) << knob;
  }
  const std::pair<const char*, const char*> bad[] = {
      {"nvmlDeviceSetPowerManagementLimit", ""},
      {"nvmlDeviceSetPowerManagementLimit", "-1"},
      {"nvmlDeviceSetPowerManagementLimit", "4294967296"},
      {"nvmlDeviceSetGpuLockedClocks", "1500"},
      {"nvmlDeviceSetGpuLockedClocks", "1200 high"},
      {"nvmlDeviceSetFanSpeed_v2 0", "75"},
      {"nvmlDeviceSetFanSpeed_v2 0", "manual"},
      {"nvmlDeviceSetClockOffsets 0 0", "much"},
      {"nvmlDeviceSetEccMode", "on"}};
  for (const auto& [knob, value] : bad) {
    EXPECT_EQ(controller().write(knob, value).error().code, Errc::invalid_argument)
        << knob << " = " << value;
  }
  EXPECT_TRUE(gpu_.sets.empty());
}

TEST_F(NvidiaSettings, SayWhichSettingsNvmlDoesNotHave) {
  for (const SetpointRow* row : {&setpoint::fan_curve, &setpoint::fan_zero_rpm,
                                 &setpoint::performance_level, &setpoint::power_profile}) {
    EXPECT_EQ(error_of(*row), "Operation not supported: " + std::string(row->name) +
                                  ": NVML has no function for it");
    EXPECT_FALSE(controller().default_writes(*row));
  }
}

TEST_F(NvidiaSettings, KeepTheDriversWordsWhenItRefuses) {
  const std::pair<std::uint32_t, Errc> refusals[] = {{3, Errc::operation_not_supported},
                                                     {4, Errc::permission_denied},
                                                     {15, Errc::device_lost},
                                                     {19, Errc::unavailable},
                                                     {999, Errc::nvml_error}};
  const std::map<std::uint32_t, std::string> words{{3, "Not Supported"},
                                                   {4, "Insufficient Permissions"},
                                                   {15, "GPU is lost"},
                                                   {19, "In use by another client"},
                                                   {999, "Unknown Error"}};
  for (const auto& [status, code] : refusals) {
    gpu_.status["nvmlDeviceSetPowerManagementLimit"] = status;
    const auto done = set(setpoint::power_limit_w, 250.0);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, code);
    EXPECT_EQ(done.error().message, "nvmlDeviceSetPowerManagementLimit: " + words.at(status));
  }
  gpu_.status["nvmlDeviceSetPowerManagementLimit"] = 4;
  EXPECT_EQ(set(setpoint::power_limit_w, 250.0).error().remedy,
            "run it as root; in a container, as root of the host");
}

TEST_F(NvidiaSettings, NeedRootOnThisMachineButNotOnASimulatedOne) {
  discover();
  EXPECT_EQ(accel::testing::as_nobody([&] { return bool(state(setpoint::power_limit_w)); }), 1);

  auto here = std::make_shared<Machine>(machine_);
  here->root = "/";
  const auto library = Nvml::load(library_path());
  ASSERT_TRUE(library);
  ASSERT_EQ((*library)->init(), status::kSuccess);
  const auto handle = reinterpret_cast<nvmlDevice_t>(&gpu_);
  const auto done = accel::testing::as_nobody([&] {
    GpuController mine(Gpu(*library, handle), {}, here);
    const auto refused = mine.state(setpoint::power_limit_w);
    return !refused &&
           refused.error().text() == "Permission denied: setting power_limit_w needs root";
  });
  EXPECT_EQ(done, 1);
}

TEST_F(NvidiaSettings, AreNotChangedWhileTheGpuSleeps) {
  discover();
  tree_.file("sys/bus/pci/devices/0000:41:00.0/power/runtime_status", "suspended\n");

  EXPECT_EQ(state(setpoint::power_limit_w).error().code, Errc::device_asleep);
  EXPECT_EQ(controller().value_of("nvmlDeviceSetPowerManagementLimit").error().code,
            Errc::device_asleep);
  EXPECT_EQ(controller().write("nvmlDeviceSetPowerManagementLimit", "250000").error().code,
            Errc::device_asleep);
  EXPECT_TRUE(gpu_.sets.empty());
}

TEST_F(NvidiaSettings, RegulateToTheAcousticThreshold) {
  gpu_.thresholds = {{4, 65}, {5, 83}, {6, 90}};

  const auto found = state(setpoint::temp_target_c);
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->present.optional(), SetpointValue(83.0));
  EXPECT_EQ(found->range.min, 65.0);
  EXPECT_EQ(found->range.max, 90.0);
  EXPECT_FALSE(found->usual);

  ASSERT_TRUE(set(setpoint::temp_target_c, 75.0));
  EXPECT_EQ(gpu_.sets, Calls{"nvmlDeviceSetTemperatureThreshold(5, 75)"});
  EXPECT_EQ(controller().value_of("nvmlDeviceSetTemperatureThreshold"), "75");
  const auto back = controller().default_writes(setpoint::temp_target_c);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->at(0).to_original);
}

TEST_F(NvidiaSettings, HaveNoTemperatureTargetWhereTheDriverTellsNone) {
  EXPECT_EQ(error_of(setpoint::temp_target_c),
            "Operation not supported: nvmlDeviceGetTemperatureThreshold: Not Supported");
}

TEST_F(NvidiaSettings, SwitchPersistence) {
  const auto found = state(setpoint::persistence_mode);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->present.optional(), SetpointValue(true));
  EXPECT_EQ(found->usual.optional(), SetpointValue(false));

  ASSERT_TRUE(set(setpoint::persistence_mode, false));
  ASSERT_TRUE(set(setpoint::persistence_mode, true));
  EXPECT_EQ(gpu_.sets,
            (Calls{"nvmlDeviceSetPersistenceMode(0)", "nvmlDeviceSetPersistenceMode(1)"}));
}

TEST_F(NvidiaSettings, NameTheComputeModes) {
  const auto found = state(setpoint::compute_mode);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->present.optional(), SetpointValue(std::string("default")));
  EXPECT_EQ(found->range.words,
            (std::vector<std::string>{"default", "exclusive_process", "prohibited"}));

  ASSERT_TRUE(set(setpoint::compute_mode, std::string("exclusive_process")));
  ASSERT_TRUE(set(setpoint::compute_mode, std::string("prohibited")));
  ASSERT_TRUE(reset(setpoint::compute_mode));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetComputeMode(3)", "nvmlDeviceSetComputeMode(2)",
                              "nvmlDeviceSetComputeMode(0)"}));
  // A mode of old drivers can be gone back to, and not be chosen.
  gpu_.compute_mode = 1;
  EXPECT_EQ(state(setpoint::compute_mode)->present.optional(),
            SetpointValue(std::string("exclusive_thread")));
  EXPECT_FALSE(set(setpoint::compute_mode, std::string("exclusive_thread")));
}

TEST_F(NvidiaSettings, HaveNoComputeModeOfADividedGpu) {
  gpu_.mig_mode = {{1, 1}};

  EXPECT_EQ(error_of(setpoint::compute_mode),
            "Operation not supported: nvmlDeviceSetComputeMode: the GPU is divided (MIG)");
}

TEST_F(NvidiaSettings, TellErrorCorrectionThatWaitsForAReset) {
  gpu_.ecc_mode = {{0, 1}};
  gpu_.ecc_default = 1;

  const auto found = state(setpoint::ecc_enabled);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->present.optional(), SetpointValue(false));
  EXPECT_EQ(found->pending.optional(), SetpointValue(true));
  EXPECT_EQ(found->usual.optional(), SetpointValue(true));

  ASSERT_TRUE(set(setpoint::ecc_enabled, false));
  EXPECT_EQ(controller().value_of("nvmlDeviceSetEccMode"), "0");
  ASSERT_TRUE(reset(setpoint::ecc_enabled));
  EXPECT_EQ(gpu_.sets, (Calls{"nvmlDeviceSetEccMode(0)", "nvmlDeviceSetEccMode(1)"}));
  EXPECT_TRUE(controller().writes(setpoint::ecc_enabled, true)->at(0).persistent);
}

TEST_F(NvidiaSettings, AreWrittenInAnOrderThatIsSafeInBetween) {
  give_fans({0}, {30});
  gpu_.thresholds = {{4, 65}, {5, 83}, {6, 90}};
  gpu_.graphics_offset = fake_nvml::Offset{0, -200, 200};
  const std::pair<const SetpointRow*, SetpointValue> in_order[] = {
      {&setpoint::persistence_mode, true},
      {&setpoint::fan_percent, 75.0},
      {&setpoint::temp_target_c, 80.0},
      {&setpoint::power_limit_w, 300.0},
      {&setpoint::sm_clock_mhz, 1500.0},
      {&setpoint::gpu_clock_offset_mhz, 100.0},
      {&setpoint::compute_mode, std::string("default")}};
  int before = -1;
  for (const auto& [row, value] : in_order) {
    const auto writes = controller().writes(*row, value);
    ASSERT_TRUE(writes) << row->name;
    EXPECT_GT(writes->at(0).rank, before) << row->name;
    before = writes->at(0).rank;
  }
}

TEST_F(OldDriverSettings, LackOnlyWhatItDoesNotExport) {
  EXPECT_TRUE(state(setpoint::power_limit_w));
  EXPECT_TRUE(state(setpoint::sm_clock_mhz));
  EXPECT_TRUE(state(setpoint::persistence_mode));
  EXPECT_EQ(error_of(setpoint::fan_percent),
            "Operation not supported: nvmlDeviceSetFanSpeed_v2: not in this driver's library");
  EXPECT_EQ(error_of(setpoint::gpu_clock_offset_mhz),
            "Operation not supported: nvmlDeviceSetClockOffsets: not in this driver's library");

  const auto ecc = state(setpoint::ecc_enabled);
  ASSERT_TRUE(ecc);
  EXPECT_EQ(ecc->usual.reason(), "nvmlDeviceGetDefaultEccMode: not in this driver's library");
  ASSERT_TRUE(set(setpoint::ecc_enabled, true));
  EXPECT_EQ(gpu_.sets, Calls{"nvmlDeviceSetEccMode(1)"});
}

TEST_F(NvidiaTest, HasNoSettingsOfAGpuThatCannotBeAsked) {
  accel::testing::FakeFunction function;
  function.driver = "vfio-pci";
  add_gpu(0x41, function);
  discover();

  Controller& controller = *devices_.at(0)->controller();
  EXPECT_EQ(controller.state(setpoint::power_limit_w).error().message,
            "bound to the driver vfio-pci");
  EXPECT_FALSE(controller.state(setpoint::sm_clock_mhz));
  EXPECT_FALSE(controller.state(setpoint::fan_percent));
  EXPECT_FALSE(controller.state(setpoint::gpu_clock_offset_mhz));
  EXPECT_FALSE(controller.write("nvmlDeviceSetPowerManagementLimit", "250000"));
}

}  // namespace
}  // namespace accel::nvidia
