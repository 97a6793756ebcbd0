// MIG through NVML: mode, instances, devices.
#include "integration/sim/simulated.hpp"
#include "nvml/structs_mig.hpp"

namespace accel::sim::testing {
namespace {

class MigLibrary : public SimulatedNode {
 protected:
  // GPU 7 of the node has no process, so that its mode can change.
  static constexpr unsigned int idle = 7;

  void SetUp() override {
    ::setenv("ACCEL_SIM_ROOT", "1", 1);
    ASSERT_EQ(open(shipped("dgx-h100")), "");
    nvml_ = std::make_unique<Nvml>(library());
    int activation = -1;
    ASSERT_EQ((*nvml_)("nvmlDeviceSetMigMode", nvml_->device(idle), 1U, &activation), 0);
    ASSERT_EQ(activation, 0);
  }
  void TearDown() override {
    nvml_.reset();
    ::unsetenv("ACCEL_SIM_ROOT");
  }

  nvmlGpuInstance_t make(unsigned int profile) {
    nvmlGpuInstance_t instance = nullptr;
    EXPECT_EQ((*nvml_)("nvmlDeviceCreateGpuInstance", nvml_->device(idle), profile, &instance), 0);
    return instance;
  }

  nvmlComputeInstance_t make_compute(nvmlGpuInstance_t instance, unsigned int profile) {
    nvmlComputeInstance_t compute = nullptr;
    EXPECT_EQ((*nvml_)("nvmlGpuInstanceCreateComputeInstance", instance, profile, &compute), 0);
    return compute;
  }

  nvmlDevice_t mig(unsigned int index) {
    nvmlDevice_t device = nullptr;
    EXPECT_EQ((*nvml_)("nvmlDeviceGetMigDeviceHandleByIndex", nvml_->device(idle), index, &device),
              0);
    return device;
  }

  std::unique_ptr<Nvml> nvml_;
};

TEST_F(MigLibrary, AGpuWithProcessesDoesNotSwitch) {
  int activation = -1;
  unsigned int current = 9;
  unsigned int pending = 9;
  EXPECT_EQ((*nvml_)("nvmlDeviceSetMigMode", nvml_->device(0), 1U, &activation), 0);
  EXPECT_EQ(activation, 19);
  (*nvml_)("nvmlDeviceGetMigMode", nvml_->device(0), &current, &pending);
  EXPECT_EQ(current, 0U);
  EXPECT_EQ(pending, 1U);
}

TEST_F(MigLibrary, ADeviceIsASliceOfItsParent) {
  make_compute(make(19), 0);
  const nvmlDevice_t device = mig(0);
  char name[96] = "";
  nvmlMemory_t memory{};
  unsigned int flag = 0;
  nvmlDevice_t parent = nullptr;
  nvmlDeviceAttributes_t attributes{};

  (*nvml_)("nvmlDeviceGetName", device, static_cast<char*>(name), 96U);
  EXPECT_STREQ(name, "NVIDIA H100 80GB HBM3 MIG 1g.10gb");
  (*nvml_)("nvmlDeviceGetMemoryInfo", device, &memory);
  EXPECT_EQ(memory.total, 9984ULL << 20);
  (*nvml_)("nvmlDeviceIsMigDeviceHandle", device, &flag);
  EXPECT_EQ(flag, 1U);
  (*nvml_)("nvmlDeviceGetDeviceHandleFromMigDeviceHandle", device, &parent);
  EXPECT_EQ(parent, nvml_->device(idle));
  (*nvml_)("nvmlDeviceGetAttributes_v2", device, &attributes);
  EXPECT_EQ(attributes.multiprocessorCount, 16U);
}

TEST_F(MigLibrary, ADevicesWindowIsItsPartOfTheMemorySlices) {
  make_compute(make(9), 2);   // 3g.40gb: half of the memory
  make_compute(make(19), 0);  // 1g.10gb: an eighth
  nvmlBAR1Memory_t half{};
  nvmlBAR1Memory_t eighth{};
  nvmlBAR1Memory_t whole{};

  ASSERT_EQ((*nvml_)("nvmlDeviceGetBAR1MemoryInfo", mig(0), &half), 0);
  ASSERT_EQ((*nvml_)("nvmlDeviceGetBAR1MemoryInfo", mig(1), &eighth), 0);
  ASSERT_EQ((*nvml_)("nvmlDeviceGetBAR1MemoryInfo", nvml_->device(idle), &whole), 0);
  EXPECT_EQ(whole.bar1Total >> 20, 131072U);
  EXPECT_EQ(half.bar1Total >> 20, 65535U);
  EXPECT_EQ(eighth.bar1Total >> 20, 16383U);
}

TEST_F(MigLibrary, TheParentHasNoUtilizationAndTheDeviceNoPower) {
  make_compute(make(19), 0);
  nvmlUtilization_t utilization{};
  EXPECT_EQ((*nvml_)("nvmlDeviceGetUtilizationRates", nvml_->device(idle), &utilization), 3);
  EXPECT_EQ(nvml_->value("nvmlDeviceGetPowerUsage", mig(0)), -3);
  EXPECT_GT(nvml_->value("nvmlDeviceGetPowerUsage", nvml_->device(idle)), 0);
}

TEST_F(MigLibrary, ProfilesAreFoundByLoopingOverPositions) {
  unsigned int found = 0;
  for (unsigned int index = 0;; ++index) {
    nvmlGpuInstanceProfileInfo_v2_t info{};
    info.version = version_word<nvmlGpuInstanceProfileInfo_v2_t>(2);
    const int result =
        (*nvml_)("nvmlDeviceGetGpuInstanceProfileInfoV", nvml_->device(idle), index, &info);
    if (result == 2) break;
    if (result == 0) ++found;
    if (result == 0 && info.id == 9) {
      EXPECT_STREQ(info.name, "MIG 3g.40gb");
    }
  }
  EXPECT_EQ(found, 7U);
}

TEST_F(MigLibrary, RoomRunsOutWithTheVendorsError) {
  make(0);
  nvmlGpuInstance_t instance = nullptr;
  EXPECT_EQ((*nvml_)("nvmlDeviceCreateGpuInstance", nvml_->device(idle), 19U, &instance), 23);
}

TEST_F(MigLibrary, AnInstanceInUseStaysAndAHandleOfADeadOneIsInvalid) {
  const nvmlGpuInstance_t instance = make(19);
  const nvmlComputeInstance_t compute = make_compute(instance, 0);
  const nvmlDevice_t device = mig(0);

  EXPECT_EQ((*nvml_)("nvmlGpuInstanceDestroy", instance), 19);
  EXPECT_EQ((*nvml_)("nvmlComputeInstanceDestroy", compute), 0);
  EXPECT_EQ((*nvml_)("nvmlGpuInstanceDestroy", instance), 0);
  EXPECT_EQ((*nvml_)("nvmlGpuInstanceDestroy", instance), 2);
  EXPECT_EQ(nvml_->value("nvmlDeviceGetIndex", device), -2);
}

TEST_F(MigLibrary, ADeviceIsFoundByItsUuid) {
  make_compute(make(9), 2);
  char uuid[96] = "";
  (*nvml_)("nvmlDeviceGetUUID", mig(0), static_cast<char*>(uuid), 96U);
  nvmlDevice_t found = nullptr;

  EXPECT_EQ((*nvml_)("nvmlDeviceGetHandleByUUID", static_cast<const char*>(uuid), &found), 0);
  EXPECT_EQ(found, mig(0));
}

}  // namespace
}  // namespace accel::sim::testing
