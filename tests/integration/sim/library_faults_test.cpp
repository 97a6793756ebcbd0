// Injected faults as a client meets them.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

#include "integration/sim/simulated.hpp"

namespace accel::sim::testing {
namespace {

class Faults : public SimulatedNode {
 protected:
  void SetUp() override { ASSERT_EQ(open(shipped("dgx-h100")), ""); }

  long long power(const Nvml& nvml, unsigned int index) {
    return nvml.value("nvmlDeviceGetPowerUsage", handles_[index]);
  }

  void take_handles(const Nvml& nvml) {
    for (unsigned int i = 0; i < 8; ++i) handles_[i] = nvml.device(i);
  }

  nvmlDevice_t handles_[8]{};
};

TEST_F(Faults, ALostGpuAnswersNothingAndTheOthersGoOn) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("GPU2", "lost"), "");
  nvmlDevice_t handle = nullptr;

  EXPECT_EQ(power(nvml, 2), -15);
  EXPECT_EQ(nvml("nvmlDeviceGetHandleByIndex_v2", 2U, &handle), 15);
  EXPECT_GT(power(nvml, 3), 0);
  clear();
  EXPECT_GT(power(nvml, 2), 0);
}

TEST_F(Faults, Xid79MeansThatTheGpuFellOffTheBus) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "xid:79"), "");

  EXPECT_EQ(power(nvml, 0), -15);
  std::string status;
  std::ifstream(text("accel_sim_root") +
                "/sys/bus/pci/devices/0000:1b:00.0/power/runtime_status") >>
      status;
  EXPECT_EQ(status, "error");
}

TEST_F(Faults, PermissionAndSupportCanBeTakenFromOneFunction) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("1", "no-permission@nvmlDeviceGetPowerUsage"), "");
  ASSERT_EQ(inject("1", "not-supported@nvmlDeviceGetPerformanceState"), "");

  EXPECT_EQ(power(nvml, 1), -4);
  EXPECT_EQ(nvml.value("nvmlDeviceGetPerformanceState", handles_[1]), -3);
  EXPECT_GT(nvml.value("nvmlDeviceGetPowerManagementLimit", handles_[1]), 0);
  EXPECT_GT(power(nvml, 0), 0);
}

TEST_F(Faults, AfterLetsSoManyCallsPass) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "lost@nvmlDeviceGetPowerUsage after=2"), "");

  EXPECT_GT(power(nvml, 0), 0);
  EXPECT_GT(power(nvml, 0), 0);
  EXPECT_EQ(power(nvml, 0), -15);
}

TEST_F(Faults, ForEndsWithTheModelsTime) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "lost for=5s"), "");
  EXPECT_EQ(power(nvml, 0), -15);

  step(6);

  EXPECT_GT(power(nvml, 0), 0);
}

TEST_F(Faults, AMismatchStopsInitialization) {
  ASSERT_EQ(inject("*", "mismatch"), "");
  const Object library(this->library());
  EXPECT_EQ(library("nvmlInit_v2"), 18);
  clear();
  EXPECT_EQ(library("nvmlInit_v2"), 0);
  EXPECT_EQ(library("nvmlShutdown"), 0);
}

TEST_F(Faults, AHungCallComesBackWhenTheFaultIsCleared) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "hung"), "");
  std::atomic<bool> back{false};
  std::thread caller([&] {
    power(nvml, 0);
    back = true;
  });

  EXPECT_GT(power(nvml, 1), 0) << "other devices answer meanwhile";
  EXPECT_FALSE(back);
  clear();
  caller.join();
  EXPECT_TRUE(back);
}

TEST_F(Faults, ASlowCallTakesItsTime) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "slow=30ms"), "");
  const auto start = std::chrono::steady_clock::now();

  EXPECT_GT(power(nvml, 0), 0);

  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(30));
}

TEST_F(Faults, ACrashKillsTheCallerOnly) {
  const std::string path = library();
  ASSERT_EQ(inject("0", "crash@nvmlDeviceGetPowerUsage"), "");
  const pid_t child = ::fork();
  if (child == 0) {
    // Without the sanitizer's own report of the signal.
    ::signal(SIGSEGV, SIG_DFL);
    const Nvml nvml(path);
    unsigned int power = 0;
    nvml("nvmlDeviceGetPowerUsage", nvml.device(0), &power);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);

  EXPECT_TRUE(WIFSIGNALED(status));
  const Nvml nvml(path);
  EXPECT_EQ(nvml.initialized(), 0);
}

TEST_F(Faults, GarbageStaysInsideTheBuffers) {
  const Nvml nvml(library());
  take_handles(nvml);
  ASSERT_EQ(inject("0", "garbage"), "");
  char name[96];
  std::memset(name, 0x55, sizeof name);
  unsigned int temperature = 0;

  EXPECT_EQ(nvml("nvmlDeviceGetName", handles_[0], static_cast<char*>(name), 64U), 0);
  EXPECT_LT(::strnlen(name, 64), 64U) << "terminated";
  EXPECT_EQ(name[64], 0x55) << "not beyond";
  EXPECT_EQ(nvml("nvmlDeviceGetTemperature", handles_[0], 0U, &temperature), 0);
  EXPECT_GT(temperature, 1000U);
  EXPECT_GT(power(nvml, 1), 0);
  EXPECT_LT(power(nvml, 1), 800'000);
}

TEST_F(Faults, OneProcessCanHaveItsOwn) {
  ::setenv("ACCEL_SIM_FAULT", "0 no-permission; 1 lost", 1);
  {
    const Nvml nvml(library());
    nvmlDevice_t handle = nullptr;
    EXPECT_EQ(nvml("nvmlDeviceGetHandleByIndex_v2", 0U, &handle), 4);
    EXPECT_EQ(nvml("nvmlDeviceGetHandleByIndex_v2", 1U, &handle), 15);
    EXPECT_EQ(nvml("nvmlDeviceGetHandleByIndex_v2", 2U, &handle), 0);
  }
  ::unsetenv("ACCEL_SIM_FAULT");
  const Nvml nvml(library());
  nvmlDevice_t handle = nullptr;
  EXPECT_EQ(nvml("nvmlDeviceGetHandleByIndex_v2", 0U, &handle), 0);
}

TEST_F(Faults, ABadSelectorOrNameIsRefused) {
  EXPECT_EQ(inject("GPU99", "lost"), "no simulated device 'GPU99'");
  EXPECT_EQ(inject("0", "melted"), "unknown fault 'melted'");
}

}  // namespace
}  // namespace accel::sim::testing
