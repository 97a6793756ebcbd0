#include "unit/facade/nvml_facade.hpp"

namespace accel::facade {
namespace {

TEST_F(NvmlFacade, InitialisesOnce) {
  const NVMLBackend backend(machine());

  EXPECT_TRUE(backend.initialized());
  EXPECT_TRUE(backend.nvml_available());
  EXPECT_EQ(calls("nvmlInit_v2"), 1);
}

TEST_F(NvmlFacade, IsNotInitialisedWhenTheLibraryRefuses) {
  script_.init_status = 9;
  {
    const NVMLBackend backend(machine());
    EXPECT_FALSE(backend.initialized());
    EXPECT_FALSE(backend.nvml_available());
  }

  EXPECT_EQ(calls("nvmlShutdown"), 0);
  EXPECT_NE(heard_.find("NVML initialization failed: "), std::string::npos);
}

TEST_F(NvmlFacade, IsNotAvailableWithoutTheLibrary) {
  Machine without = machine();
  without.library_dir.clear();
  const NVMLBackend backend(without);

  EXPECT_FALSE(backend.initialized());
  EXPECT_FALSE(backend.nvml_available());
  EXPECT_TRUE(backend.list_devices().empty());
  EXPECT_EQ(heard_, "NVML not available - NVIDIA backend disabled\n");
}

TEST_F(NvmlFacade, ShutsDownOnceWhateverTheLibrarySays) {
  script_.shutdown_status = 999;
  { const NVMLBackend backend(machine()); }

  EXPECT_EQ(calls("nvmlShutdown"), 1);
  EXPECT_EQ(script_.initialized, 0);
}

TEST_F(NvmlFacade, ListsDevicesByNumberNameAndSerial) {
  const NVMLBackend backend(machine());

  const auto devices = backend.list_devices();

  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].id, "GPU0");
  EXPECT_EQ(devices[0].index, 0);
  EXPECT_EQ(devices[0].name, "Tesla V100");
  EXPECT_EQ(devices[0].serial, "SN001");
  EXPECT_EQ(devices[1].id, "GPU1");
  EXPECT_EQ(devices[1].index, 1);
  EXPECT_EQ(devices[1].name, "Tesla T4");
  EXPECT_EQ(devices[1].serial, "SN002");
}

TEST_F(NvmlFacade, IsEmptyWhereItIsNotInitialised) {
  script_.init_status = 9;
  const NVMLBackend backend(machine());

  EXPECT_TRUE(backend.list_devices().empty());
  EXPECT_FALSE(backend.get_state("GPU0"));
  for (const char* id : {"GPU0", "GPUX"}) {
    EXPECT_EQ(backend.get_state_ex(id).error().message, "NVML not initialized") << id;
  }
}

TEST_F(NvmlFacade, ListsNothingWhereDevicesCannotBeCounted) {
  script_.status["nvmlDeviceGetCount_v2"] = 999;
  const NVMLBackend backend(machine());

  EXPECT_TRUE(backend.list_devices().empty());
}

TEST_F(NvmlFacade, KeepsThePlaceOfADeviceThatFails) {
  v100_->status["nvmlDeviceGetHandleByIndex_v2"] = 15;
  t4_->serial.reset();
  const NVMLBackend backend(machine());

  const auto devices = backend.list_devices();

  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].id, "GPU0");
  EXPECT_FALSE(devices[0].name);
  EXPECT_FALSE(devices[0].serial);
  EXPECT_EQ(devices[1].name, "Tesla T4");
  EXPECT_FALSE(devices[1].serial);
}

TEST_F(NvmlFacade, GivesTheStateInItsUnits) {
  const NVMLBackend backend(machine());

  const auto state = backend.get_state("GPU0");

  ASSERT_TRUE(state);
  EXPECT_EQ(state->power_mw, 250000);
  EXPECT_EQ(state->power_limit_mw, 300000);
  EXPECT_EQ(state->temp_c, 65);
  EXPECT_EQ(state->sm_clock_mhz, 1530);
  EXPECT_EQ(state->mem_clock_mhz, 877);
  EXPECT_EQ(state->fan_percent, 50);
  EXPECT_EQ(state->ecc_enabled, true);
}

TEST_F(NvmlFacade, GivesEveryWholePercentOfAFan) {
  const NVMLBackend backend(machine());
  for (std::uint32_t percent = 0; percent <= 100; ++percent) {
    v100_->fan_speeds = {percent};
    EXPECT_EQ(backend.get_state("GPU0").value().fan_percent, percent);
  }
}

TEST_F(NvmlFacade, LosesOnlyTheKeysThatFail) {
  v100_->power.reset();
  v100_->clocks.erase(1);
  v100_->status["nvmlDeviceGetFanSpeed_v2"] = 999;
  v100_->ecc_mode.reset();
  const NVMLBackend backend(machine());

  const auto state = backend.get_state_ex("GPU0");

  ASSERT_TRUE(state);
  EXPECT_FALSE(state->power_mw);
  EXPECT_EQ(state->power_limit_mw, 300000);
  EXPECT_EQ(state->temp_c, 65);
  EXPECT_FALSE(state->sm_clock_mhz);
  EXPECT_EQ(state->mem_clock_mhz, 877);
  EXPECT_FALSE(state->fan_percent);
  EXPECT_FALSE(state->ecc_enabled);
  EXPECT_FALSE(state->reboot_required);
  EXPECT_EQ(state->missing.at("sm_clock_mhz").status, ReadingStatus::unsupported);
  EXPECT_EQ(state->missing.at("fan_percent").status, ReadingStatus::error);
  EXPECT_FALSE(state->missing.contains("temp_c"));
}

TEST_F(NvmlFacade, KeepsPowerWhenItsLimitFails) {
  v100_->power_limit.reset();
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state("GPU0").value().power_mw, 250000);
  EXPECT_FALSE(backend.get_state("GPU0").value().power_limit_mw);
}

TEST_F(NvmlFacade, GivesNoStateWithoutAHandle) {
  v100_->status["nvmlDeviceGetHandleByIndex_v2"] = 15;
  const NVMLBackend backend(machine());

  EXPECT_FALSE(backend.get_state("GPU0"));
  EXPECT_TRUE(backend.get_state("GPU1"));
}

TEST_F(NvmlFacade, TellsThePresentErrorCorrectionFromThePending) {
  v100_->ecc_mode = {{0, 1}};
  const NVMLBackend backend(machine());

  const auto state = backend.get_state_ex("GPU0");

  ASSERT_TRUE(state);
  EXPECT_EQ(state->ecc_enabled, false);
  EXPECT_EQ(state->ecc_pending, true);
  EXPECT_EQ(state->reboot_required, true);
}

TEST_F(NvmlFacade, GivesAllFans) {
  v100_->fan_count = 3;
  v100_->fan_speeds = {30, 40, 50};
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state_ex("GPU0").value().fans,
            (std::vector<std::optional<std::int64_t>>{30, 40, 50}));
}

TEST_F(NvmlFacade, RefusesAMalformedId) {
  const NVMLBackend backend(machine());
  for (const std::string id : {"0", "GPUX", "GPUGPU0", "GPU-1", " 0 ", "", "GPU+1"}) {
    EXPECT_FALSE(backend.get_state(id)) << id;
    EXPECT_EQ(backend.get_state_ex(id).error().text(), "Invalid device id: '" + id + "'");
  }
}

TEST_F(NvmlFacade, SaysThatADeviceIsNotThere) {
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state_ex("GPU99").error().text(), "GPU with index 99 not found");
  EXPECT_EQ(backend.get_state_ex("GPU4294967296").error().text(),
            "GPU with index 4294967296 not found");
  EXPECT_EQ(backend.get_state_ex("GPU-ffffffff").error().text(), "Device not found: GPU-ffffffff");
  EXPECT_EQ(backend.get_state_ex("0000:07:00.0").error().text(), "Device not found: 0000:07:00.0");
  EXPECT_FALSE(backend.get_state("GPU99"));
}

TEST_F(NvmlFacade, FindsADeviceByUuidAndByAddress) {
  t4_->temperature = 33;
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state("abcdef12-0000-0000-0000-000000000002").value().temp_c, 33);
  EXPECT_EQ(backend.get_state("GPU-ABCDEF12-0000-0000-0000-000000000001").value().temp_c, 65);
  EXPECT_EQ(backend.get_state("0000:42:00.0").value().temp_c, 33);
  const auto ambiguous = backend.get_state_ex("abcdef12");
  ASSERT_FALSE(ambiguous);
  EXPECT_NE(ambiguous.error().text().find("GPU-abcdef12-0000-0000-0000-000000000002"),
            std::string::npos);
}

TEST_F(NvmlFacade, FindsAPartition) {
  auto part = std::make_shared<Gpu>();
  part->temperature = 44;
  v100_->mig_mode = {{1, 1}};
  v100_->mig = {nullptr, part};
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state("GPU0.0").value().temp_c, 44);
  EXPECT_EQ(backend.get_state_ex("GPU0.1").error().text(), "Device not found: GPU0.1");
}

TEST_F(NvmlFacade, DoesNotWakeADeviceThatSleeps) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia", .runtime_status = "suspended"});
  add_card(tree_, "0000:42:00.0", {.driver = "nvidia", .runtime_status = "active"});
  const NVMLBackend backend(machine());

  const auto devices = backend.list_devices();

  ASSERT_EQ(devices.size(), 2U);
  EXPECT_FALSE(devices[0].name);
  EXPECT_EQ(devices[1].name, "Tesla T4");
  EXPECT_EQ(backend.get_state_ex("GPU0").error().code, Errc::device_asleep);
  EXPECT_EQ(backend.get_state_ex("0000:41:00.0").error().code, Errc::device_asleep);
  EXPECT_EQ(calls("nvmlDeviceGetHandleByPciBusId_v2 00000000:41:00.0"), 0);
}

TEST_F(NvmlFacade, WakesNothingWhereTheLibraryCountsFewerDevicesThanTheBusShows) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia", .runtime_status = "suspended"});
  add_card(tree_, "0000:42:00.0", {.driver = "nvidia", .runtime_status = "active"});
  add_card(tree_, "0000:43:00.0", {.driver = "nvidia", .runtime_status = "suspended"});
  t4_->index = 1;
  const NVMLBackend backend(machine());

  const auto devices = backend.list_devices();

  ASSERT_EQ(devices.size(), 2U);
  EXPECT_FALSE(devices[0].name);
  EXPECT_EQ(devices[1].name, "Tesla T4");
  EXPECT_EQ(backend.get_state_ex("GPU0").error().code, Errc::device_asleep);
  EXPECT_TRUE(backend.get_state("GPU1"));
  EXPECT_EQ(calls("nvmlDeviceGetHandleByIndex_v2"), 0);
  EXPECT_EQ(calls("nvmlDeviceGetHandleByPciBusId_v2 00000000:41:00.0"), 0);
}

TEST_F(NvmlFacade, KnowsTheUuidOfADeviceThatSleeps) {
  add_card(tree_, "0000:41:00.0", {.driver = "nvidia", .runtime_status = "suspended"});
  add_card(tree_, "0000:42:00.0", {.driver = "nvidia", .runtime_status = "active"});
  tree_.file("proc/driver/nvidia/gpus/0000:41:00.0/information", "GPU UUID: \t GPU-12345678-0\n");
  const NVMLBackend backend(machine());

  EXPECT_EQ(backend.get_state_ex("GPU-12345678").error().code, Errc::device_asleep);
  EXPECT_EQ(backend.get_state_ex("GPU-87654321").error().text(), "Device not found: GPU-87654321");
}

}  // namespace
}  // namespace accel::facade
