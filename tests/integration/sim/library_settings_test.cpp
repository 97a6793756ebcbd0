// Settings through NVML: they take effect, keep to their ranges, and need root.
#include <sys/wait.h>
#include <unistd.h>

#include "integration/sim/simulated.hpp"

namespace accel::sim::testing {
namespace {

class Settings : public SimulatedNode {
 protected:
  void SetUp() override { ::setenv("ACCEL_SIM_ROOT", "1", 1); }
  void TearDown() override { ::unsetenv("ACCEL_SIM_ROOT"); }
};

TEST_F(Settings, APowerLimitLowersPowerAndClocks) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  const nvmlDevice_t device = nvml.device(0);

  EXPECT_EQ(nvml("nvmlDeviceSetPowerManagementLimit", device, 400'000U), 0);
  step(30);

  EXPECT_EQ(nvml.value("nvmlDeviceGetPowerManagementLimit", device), 400'000);
  EXPECT_LE(nvml.value("nvmlDeviceGetPowerUsage", device), 400'000);
  unsigned int clock = 0;
  nvml("nvmlDeviceGetClockInfo", device, 1U, &clock);
  EXPECT_LT(clock, 1700U);
}

TEST_F(Settings, ALimitOutsideItsRangeIsRefused) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());

  EXPECT_EQ(nvml("nvmlDeviceSetPowerManagementLimit", nvml.device(0), 100'000U), 2);
  EXPECT_EQ(nvml("nvmlDeviceSetPowerManagementLimit", nvml.device(0), 701'000U), 2);
  EXPECT_EQ(nvml.value("nvmlDeviceGetPowerManagementLimit", nvml.device(0)), 700'000);
}

TEST_F(Settings, LockedClocksHoldUntilTheyAreReset) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  const nvmlDevice_t device = nvml.device(0);
  unsigned int clock = 0;

  EXPECT_EQ(nvml("nvmlDeviceSetGpuLockedClocks", device, 600U, 600U), 0);
  nvml("nvmlDeviceGetClockInfo", device, 0U, &clock);
  EXPECT_EQ(clock, 600U);
  EXPECT_EQ(nvml("nvmlDeviceResetGpuLockedClocks", device), 0);
  nvml("nvmlDeviceGetClockInfo", device, 0U, &clock);
  EXPECT_GT(clock, 1000U);
  EXPECT_EQ(nvml("nvmlDeviceSetMemoryLockedClocks", device, 405U, 405U), 3) << "not on Turing";
}

TEST_F(Settings, AFanTurnsAsToldAndGoesBackToAutomatic) {
  ASSERT_EQ(open(shipped("geforce")), "");
  const Nvml nvml(library());
  const nvmlDevice_t device = nvml.device(0);
  unsigned int speed = 0;
  unsigned int policy = 9;

  EXPECT_EQ(nvml("nvmlDeviceSetFanSpeed_v2", device, 1U, 80U), 0);
  step(30);
  nvml("nvmlDeviceGetFanSpeed_v2", device, 1U, &speed);
  EXPECT_EQ(speed, 80U);
  nvml("nvmlDeviceGetFanControlPolicy_v2", device, 1U, &policy);
  EXPECT_EQ(policy, 1U);
  EXPECT_EQ(nvml("nvmlDeviceSetDefaultFanSpeed_v2", device, 1U), 0);
  nvml("nvmlDeviceGetFanControlPolicy_v2", device, 1U, &policy);
  EXPECT_EQ(policy, 0U);
  EXPECT_EQ(nvml("nvmlDeviceSetFanSpeed_v2", device, 1U, 10U), 2);
  EXPECT_EQ(nvml("nvmlDeviceSetFanSpeed_v2", device, 2U, 50U), 2);
}

TEST_F(Settings, EccChangesAreOnlyPending) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  unsigned int current = 9;
  unsigned int pending = 9;

  EXPECT_EQ(nvml("nvmlDeviceSetEccMode", nvml.device(0), 0U), 0);
  nvml("nvmlDeviceGetEccMode", nvml.device(0), &current, &pending);

  EXPECT_EQ(current, 1U);
  EXPECT_EQ(pending, 0U);
}

TEST_F(Settings, OffsetsExistOnDesktopCardsOnly) {
  ASSERT_EQ(open(shipped("geforce")), "");
  const Nvml nvml(library());
  nvmlClockOffset_v1_t offset{};
  offset.version = version_word<nvmlClockOffset_v1_t>(1);
  offset.clockOffsetMHz = 100;

  EXPECT_EQ(nvml("nvmlDeviceSetClockOffsets", nvml.device(0), &offset), 0);
  offset.clockOffsetMHz = 0;
  EXPECT_EQ(nvml("nvmlDeviceGetClockOffsets", nvml.device(0), &offset), 0);
  EXPECT_EQ(offset.clockOffsetMHz, 100);
  EXPECT_EQ(offset.maxClockOffsetMHz, 1000);
  offset.clockOffsetMHz = 5000;
  EXPECT_EQ(nvml("nvmlDeviceSetClockOffsets", nvml.device(0), &offset), 2);
}

TEST_F(Settings, AnotherProcessSeesThem) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  const pid_t child = ::fork();
  if (child == 0) {
    const Nvml other(library());
    const bool set = other("nvmlDeviceSetPersistenceMode", other.device(0), 0U) == 0;
    ::_exit(set ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);

  EXPECT_EQ(status, 0);
  EXPECT_EQ(nvml.value("nvmlDeviceGetPersistenceMode", nvml.device(0)), 0);
}

TEST_F(Settings, NeedRoot) {
  ASSERT_EQ(open(shipped("geforce")), "");
  ::unsetenv("ACCEL_SIM_ROOT");
  const Nvml nvml(library());
  const nvmlDevice_t device = nvml.device(0);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) ::_exit(9);
    const bool refused = nvml("nvmlDeviceSetPowerManagementLimit", device, 300'000U) == 4 &&
                         nvml("nvmlDeviceSetFanSpeed_v2", device, 0U, 50U) == 4 &&
                         nvml("nvmlDeviceSetGpuLockedClocks", device, 300U, 300U) == 4 &&
                         nvml("nvmlDeviceSetPersistenceMode", device, 1U) == 4;
    ::_exit(refused ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace accel::sim::testing
