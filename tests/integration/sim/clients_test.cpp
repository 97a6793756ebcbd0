// What programs in the field ask of the library: btop, nvitop, gpustat and the bindings for Python
// and Go.
#include <unistd.h>

#include "integration/sim/simulated.hpp"
#include "nvml/structs_process.hpp"

namespace accel::sim::testing {
namespace {

constexpr int kInvalidArgument = 2;
constexpr int kNotSupported = 3;
constexpr int kNotFound = 6;
constexpr int kVersionMismatch = 25;

class Clients : public SimulatedNode {
 protected:
  static int encoder_percent(const Nvml& nvml) {
    unsigned int percent = 0;
    unsigned int period = 0;
    const int result = nvml("nvmlDeviceGetEncoderUtilization", nvml.device(0), &percent, &period);
    return result == 0 ? static_cast<int>(percent) : -result;
  }

  /// How many sessions there are, asked as nvml.h says: with a count of 0.
  static int encoder_sessions(const Nvml& nvml) {
    unsigned int count = 0;
    const int result = nvml("nvmlDeviceGetEncoderSessions", nvml.device(0), &count,
                            static_cast<nvmlEncoderSessionInfo_t*>(nullptr));
    return result == 0 ? static_cast<int>(count) : -result;
  }

  static int process_name(const Nvml& nvml, unsigned int pid, std::string& name) {
    char text[256] = "";
    const int result =
        nvml("nvmlSystemGetProcessName", pid, static_cast<char*>(text), unsigned{sizeof text});
    name = text;
    return result;
  }
};

TEST_F(Clients, SeeAnIdleGpusEncoderIdle) {
  std::string scenario = shipped("geforce");
  scenario.replace(scenario.find("low = 0.03"), 10, "low = 0.00");
  ASSERT_EQ(open(scenario), "");
  const Nvml nvml(library());

  // A square wave of 120 s that is high for 60 % of them.
  EXPECT_EQ(encoder_percent(nvml), 5);
  EXPECT_EQ(encoder_sessions(nvml), 1);
  step(100);
  EXPECT_EQ(encoder_percent(nvml), 0);
  EXPECT_EQ(encoder_sessions(nvml), 0);
}

TEST_F(Clients, FindTheProcessBehindAnEncoderSession) {
  ASSERT_EQ(open(shipped("geforce")), "");
  const Nvml nvml(library());
  nvmlEncoderSessionInfo_t session{};
  unsigned int room = 1;
  unsigned int counted = 0;
  unsigned int fps = 0;
  unsigned int latency = 0;

  ASSERT_EQ(nvml("nvmlDeviceGetEncoderSessions", nvml.device(0), &room, &session), 0);
  EXPECT_EQ(session.pid, 9120U);
  ASSERT_EQ(nvml("nvmlDeviceGetEncoderStats", nvml.device(0), &counted, &fps, &latency), 0);
  EXPECT_EQ(room, counted);
  EXPECT_EQ(session.averageFps, fps);
  EXPECT_EQ(session.averageLatency, latency);
}

TEST_F(Clients, SeeNobodyCapturingFrames) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  nvmlFBCStats_t stats{9, 9, 9};

  ASSERT_EQ(nvml("nvmlDeviceGetFBCStats", nvml.device(0), &stats), 0);
  EXPECT_EQ(stats.sessionsCount, 0U);
  EXPECT_EQ(stats.averageFPS, 0U);
  EXPECT_EQ(stats.averageLatency, 0U);
}

TEST_F(Clients, GetErrorsOfMemoryAndSramOnlyFromATuringCard) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  const auto answer = [&](unsigned int location) {
    unsigned long long count = 0;
    return nvml("nvmlDeviceGetMemoryErrorCounter", nvml.device(0), 0U, 0U, location, &count);
  };
  nvmlFieldValue_t fields[2]{};
  fields[0].fieldId = 7;   // NVML_FI_DEV_ECC_SBE_VOL_L1
  fields[1].fieldId = 11;  // NVML_FI_DEV_ECC_SBE_VOL_DEV

  EXPECT_EQ(answer(2), 0);  // device memory
  EXPECT_EQ(answer(7), 0);  // SRAM
  for (const unsigned int cache : {0U, 1U, 3U, 4U, 5U, 6U}) {
    EXPECT_EQ(answer(cache), kNotSupported) << cache;
  }
  ASSERT_EQ(
      nvml("nvmlDeviceGetFieldValues", nvml.device(0), 2, static_cast<nvmlFieldValue_t*>(fields)),
      0);
  EXPECT_EQ(fields[0].nvmlReturn, NVML_ERROR_NOT_SUPPORTED);
  EXPECT_EQ(fields[1].nvmlReturn, NVML_SUCCESS);
}

TEST_F(Clients, LearnWhatAProcessWasStartedAs) {
  ASSERT_EQ(open(shipped("geforce")), "");
  const Nvml nvml(library());
  std::string name;

  EXPECT_EQ(process_name(nvml, 1432, name), 0);
  EXPECT_EQ(name, "/usr/lib/xorg/Xorg");
  EXPECT_EQ(process_name(nvml, 9120, name), 0);
  EXPECT_EQ(name, "blender");
}

TEST_F(Clients, FindTheirOwnNameAmongTheProcesses) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  std::string name;

  EXPECT_EQ(process_name(nvml, static_cast<unsigned int>(::getpid()), name), 0);
  EXPECT_NE(name.find("sim_library_test"), std::string::npos) << name;
  EXPECT_EQ(process_name(nvml, static_cast<unsigned int>(::getppid()), name), kNotFound);
}

TEST_F(Clients, CannotIndexWhatIsNotThere) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  nvmlUnit_t unit = nullptr;
  char excluded[512] = "";

  EXPECT_EQ(nvml("nvmlUnitGetHandleByIndex", 0U, &unit), kInvalidArgument);
  EXPECT_EQ(nvml("nvmlGetExcludedDeviceInfoByIndex", 0U, static_cast<void*>(excluded)),
            kInvalidArgument);
}

// go-nvml 0.12.5 to 0.13.0-1 pass a structure's version word here and fail on real cards as well:
// github.com/NVIDIA/go-nvml/pull/176.
TEST_F(Clients, AskForGpmWithABareVersionNumber) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  nvmlGpmSupport_t bare{1, 0};
  nvmlGpmSupport_t word{version_word<nvmlGpmSupport_t>(1), 0};

  EXPECT_EQ(nvml("nvmlGpmQueryDeviceSupport", nvml.device(0), &bare), 0);
  EXPECT_EQ(bare.isSupportedDevice, 1U);
  EXPECT_EQ(nvml("nvmlGpmQueryDeviceSupport", nvml.device(0), &word), kVersionMismatch);
}

}  // namespace
}  // namespace accel::sim::testing
