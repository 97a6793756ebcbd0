#include <set>

#include "integration/nvidia/simulated_system.hpp"

namespace accel::nvidia {
namespace {

using namespace std::chrono_literals;

std::string texts_of(const ReadingSet& readings, ReadingStatus status) {
  std::string texts;
  for (const auto& entry : readings.entries()) {
    if (entry.reading.status() != status) continue;
    texts += ReadingSet::name(entry) + ": " + entry.reading.reason() + "\n";
  }
  return texts;
}

TEST_F(NvidiaOnASimulatedNode, EightH100AreFoundWhole) {
  start("dgx-h100");

  const auto devices = system_->devices();
  ASSERT_EQ(devices.size(), 8U);
  EXPECT_TRUE(system_->problems().empty()) << system_->problems().front().message;
  std::set<std::string> uuids;
  for (const AcceleratorInfo* info : devices) {
    uuids.insert(info->uuid);
    EXPECT_EQ(info->state, DeviceState::ok) << info->state_reason;
    EXPECT_EQ(info->model.optional(), "NVIDIA H100 80GB HBM3");
    EXPECT_EQ(info->bus_type.optional(), BusType::sxm);
    EXPECT_EQ(info->compute_capability.optional(), "9.0");
    EXPECT_EQ(info->pcie_gen.optional(), 5);
    EXPECT_TRUE(info->serial) << info->serial.reason();
    EXPECT_TRUE(info->memory) << info->memory.reason();
    EXPECT_TRUE(info->firmware_version) << info->firmware_version.reason();
    EXPECT_TRUE(info->driver_version) << info->driver_version.reason();
    EXPECT_EQ(info->gpu_type.optional(), GpuType::discrete);
  }
  EXPECT_EQ(uuids.size(), 8U);
  EXPECT_TRUE(system_->findings().empty()) << system_->findings().front().title;
}

TEST_F(NvidiaOnASimulatedNode, EveryReadingOfAnH100HasAValueOrAReason) {
  start("dgx-h100");
  sample();
  step(1);

  for (const DeviceSample& found : sample()) {
    EXPECT_EQ(texts_of(found.readings, ReadingStatus::error), "");
    EXPECT_EQ(texts_of(found.readings, ReadingStatus::pending), "");
    for (const auto& entry : found.readings.entries()) {
      if (entry.reading) continue;
      EXPECT_FALSE(entry.reading.reason().empty()) << entry.metric->key;
    }
    EXPECT_TRUE(found.readings.get(metric::power));
    EXPECT_TRUE(found.readings.get(metric::temperature));
    EXPECT_TRUE(found.readings.get(metric::temperature_memory));
    EXPECT_TRUE(found.readings.get(metric::utilization));
    EXPECT_TRUE(found.readings.get(metric::utilization_tensor));
    EXPECT_TRUE(found.readings.get(metric::memory_reserved));
    EXPECT_TRUE(found.readings.get(metric::clock_sm));
    EXPECT_TRUE(found.readings.get(metric::throttle));
    EXPECT_TRUE(found.readings.get(metric::energy));
    EXPECT_TRUE(found.readings.get(metric::ecc_mode));
    EXPECT_EQ(found.readings.get(metric::link_up, 17).optional(), true);
    EXPECT_FALSE(found.readings.contains(metric::link_up.row, 18));
    EXPECT_EQ(found.readings.get(metric::fan_speed).status(), ReadingStatus::unsupported);
  }
}

TEST_F(NvidiaOnASimulatedNode, ProgramsAreNamedFromTheNodesProc) {
  start("dgx-h100");

  const auto samples = sample();
  ASSERT_TRUE(samples[2].processes) << samples[2].processes.error().message;
  ASSERT_EQ(samples[2].processes->processes.size(), 1U);
  const AcceleratorProcess& program = samples[2].processes->processes[0];
  EXPECT_EQ(program.pid, 41202);
  EXPECT_TRUE(program.memory);
  EXPECT_TRUE(program.name) << program.name.reason();
  EXPECT_TRUE(program.user) << program.user.reason();
  EXPECT_EQ(samples[2].processes->hidden.count().optional(), 0);
}

TEST_F(NvidiaOnASimulatedNode, SixtyFourAreListedInOrder) {
  start("dgx-h100", ":64");

  const auto devices = system_->devices();
  ASSERT_EQ(devices.size(), 64U);
  for (std::size_t i = 1; i < devices.size(); ++i) {
    EXPECT_LT(*devices[i - 1]->pci_address, *devices[i]->pci_address);
  }
}

TEST_F(NvidiaOnASimulatedNode, AGeforceHasFansAndNeitherSerialNorEcc) {
  start("geforce");

  const auto samples = sample();
  EXPECT_FALSE(samples[0].info->serial);
  EXPECT_EQ(samples[0].info->bus_type.optional(), BusType::pcie);
  EXPECT_EQ(samples[0].readings.get(metric::ecc_mode).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(samples[0].readings.get(metric::fan_speed, 0));
  EXPECT_TRUE(samples[0].readings.get(metric::fan_speed, 1));
  EXPECT_EQ(texts_of(samples[0].readings, ReadingStatus::error), "");
}

TEST_F(NvidiaOnASimulatedNode, ATeslaT4IsACardWithoutFan) {
  start("t4");

  const auto samples = sample();
  EXPECT_EQ(samples[0].info->bus_type.optional(), BusType::pcie);
  EXPECT_EQ(samples[0].readings.get(metric::fan_speed).status(), ReadingStatus::unsupported);
  EXPECT_EQ(texts_of(samples[0].readings, ReadingStatus::error), "");
}

TEST_F(NvidiaOnASimulatedNode, ALostGpuIsLostAlone) {
  start("dgx-h100");
  ASSERT_EQ(inject("3", "lost"), "");

  const auto samples = sample();
  EXPECT_EQ(samples[3].state, DeviceState::lost);
  EXPECT_EQ(samples[3].readings.get(metric::power).status(), ReadingStatus::lost);
  EXPECT_EQ(samples[2].state, DeviceState::ok);
  EXPECT_TRUE(samples[4].readings.get(metric::power));
}

TEST_F(NvidiaOnASimulatedNode, AFunctionThatIsNotSupportedCostsItsMetric) {
  start("dgx-h100");
  ASSERT_EQ(inject("0", "not-supported@nvmlDeviceGetPowerUsage"), "");

  const auto samples = sample();
  EXPECT_EQ(samples[0].readings.get(metric::power).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(samples[0].readings.get(metric::power_limit));
  EXPECT_TRUE(samples[1].readings.get(metric::power));
}

TEST_F(NvidiaOnASimulatedNode, MissingPermissionIsToldWithItsRemedy) {
  start("dgx-h100");
  ASSERT_EQ(inject("0", "no-permission@nvmlDeviceGetTotalEnergyConsumption"), "");

  const auto energy = sample()[0].readings.get(metric::energy);
  EXPECT_EQ(energy.status(), ReadingStatus::no_permission);
  EXPECT_FALSE(energy.remedy().empty());
}

TEST_F(NvidiaOnASimulatedNode, GarbageIsNoReading) {
  start("dgx-h100");
  ASSERT_EQ(inject("1", "garbage"), "");

  const auto samples = sample();
  for (const auto& entry : samples[1].readings.entries()) {
    // What was read before the fault, and what only a switch tells, may stand.
    if (!entry.reading || !std::holds_alternative<std::int64_t>(*entry.reading)) continue;
    EXPECT_LT(std::get<std::int64_t>(*entry.reading), std::int64_t{1} << 60) << entry.metric->key;
  }
  EXPECT_FALSE(samples[1].readings.get(metric::utilization));
  EXPECT_FALSE(samples[1].readings.get(metric::temperature));
  EXPECT_TRUE(samples[0].readings.get(metric::utilization));
}

TEST_F(NvidiaOnASimulatedNode, AMismatchIsAFindingAndCuredByTheNextDiscovery) {
  start("dgx-h100");
  system_.reset();
  ASSERT_EQ(inject("*", "mismatch"), "");
  system_ = std::make_unique<System>(machine_, entries_);
  system_->discover();
  EXPECT_EQ(system_->devices().size(), 8U);
  EXPECT_EQ(system_->devices()[0]->state, DeviceState::error);
  const auto findings = system_->findings();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "ACC-NV-001");

  clear();
  system_->discover();
  EXPECT_EQ(system_->devices()[0]->state, DeviceState::ok);
}

TEST_F(NvidiaOnASimulatedNode, AGpuThatHangsHoldsUpNobody) {
  deadline_ = 2s;
  start("dgx-h100");
  ASSERT_EQ(inject("5", "hung@nvmlDeviceGetPowerUsage for=6s"), "");

  const auto samples = sample();
  EXPECT_EQ(samples[5].state, DeviceState::hung);
  EXPECT_EQ(samples[4].state, DeviceState::ok);
  EXPECT_TRUE(samples[4].readings.get(metric::power));
  clear();
}

TEST_F(NvidiaOnASimulatedNode, AnOldDriversMissingSymbolsCostTheirMetrics) {
  ::setenv("ACCEL_SIM_FAULT", "symbol-missing", 1);
  start("dgx-h100");
  ::unsetenv("ACCEL_SIM_FAULT");

  const auto samples = sample();
  EXPECT_EQ(samples[0].state, DeviceState::ok);
  EXPECT_TRUE(samples[0].readings.get(metric::power));
  EXPECT_TRUE(samples[0].readings.get(metric::memory_used));
  EXPECT_EQ(samples[0].readings.get(metric::utilization_jpeg).status(), ReadingStatus::unsupported);
}

TEST_F(NvidiaOnASimulatedNode, InstancesFollowTheirGpu) {
  ::setenv("ACCEL_SIM_ROOT", "1", 1);  // The simulated driver takes us for root.
  start("dgx-h100");
  const sim::testing::Nvml driver(library());
  const auto parent = driver.device(7);  // No program runs on it.
  int activation = -1;
  ASSERT_EQ(driver("nvmlDeviceSetMigMode", parent, 1U, &activation), 0);
  for (int made = 0; made < 3; ++made) {
    void* instance = nullptr;
    void* compute = nullptr;
    ASSERT_EQ(driver("nvmlDeviceCreateGpuInstance", parent, 19U, &instance), 0);
    ASSERT_EQ(driver("nvmlGpuInstanceCreateComputeInstance", instance, 0U, &compute), 0);
    if (made != 1) continue;
    EXPECT_EQ(driver("nvmlComputeInstanceDestroy", compute), 0);
    EXPECT_EQ(driver("nvmlGpuInstanceDestroy", instance), 0);
  }
  system_->discover();
  ::unsetenv("ACCEL_SIM_ROOT");

  const auto devices = system_->devices();
  ASSERT_EQ(devices.size(), 10U);
  EXPECT_TRUE(system_->problems().empty()) << system_->problems().front().message;
  EXPECT_EQ(devices[8]->parent, devices[7]->uuid);
  EXPECT_EQ(devices[8]->partition, 0);
  EXPECT_EQ(devices[9]->partition, 1);
  EXPECT_EQ(devices[9]->global_index, 7);
  EXPECT_EQ(devices[8]->uuid.rfind("MIG-", 0), 0U) << devices[8]->uuid;
  EXPECT_EQ(devices[8]->memory.optional(), mebibytes(9984));
  const auto samples = sample();
  EXPECT_EQ(samples[7].readings.get(metric::mig_mode).optional(), true);
  EXPECT_EQ(samples[7].readings.get(metric::utilization).status(), ReadingStatus::unsupported);
  EXPECT_TRUE(samples[7].readings.get(metric::power));
  EXPECT_TRUE(samples[8].readings.get(metric::memory_used));
  EXPECT_EQ(texts_of(samples[8].readings, ReadingStatus::error), "");
}

TEST_F(NvidiaOnASimulatedNode, AnXidIsAnEvent) {
  start("dgx-h100");
  auto backend = entry().make(machine_);
  auto found = backend->discover({machine_, system_->pci()});
  ASSERT_TRUE(found);
  (void)backend->events()->next(0ms);
  ASSERT_EQ(inject("2", "xid:79"), "");

  const auto event = backend->events()->next(2s);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->code, 79U);
  EXPECT_EQ(event->uuid, system_->devices()[2]->uuid);
}

}  // namespace
}  // namespace accel::nvidia
