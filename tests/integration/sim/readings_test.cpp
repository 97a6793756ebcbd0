// What a client reads from the shipped nodes.
#include <cstring>
#include <map>
#include <vector>

#include "integration/sim/simulated.hpp"
#include "nvml/structs_process.hpp"

namespace accel::sim::testing {
namespace {

class Readings : public SimulatedNode {};

std::string name_of(const Nvml& nvml, const char* function, nvmlDevice_t device) {
  char text[96] = "";
  const int result = nvml(function, device, static_cast<char*>(text), 96U);
  return result == 0 ? text : "error " + std::to_string(result);
}

TEST_F(Readings, AnH100HasItsIdentity) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  unsigned int count = 0;
  nvml("nvmlDeviceGetCount_v2", &count);
  nvmlPciInfo_t pci{};
  nvml("nvmlDeviceGetPciInfo_v3", nvml.device(0), &pci);

  EXPECT_EQ(count, 8U);
  EXPECT_EQ(name_of(nvml, "nvmlDeviceGetName", nvml.device(0)), "NVIDIA H100 80GB HBM3");
  EXPECT_EQ(name_of(nvml, "nvmlDeviceGetSerial", nvml.device(1)), "1651123000101");
  EXPECT_STREQ(pci.busId, "00000000:1B:00.0");
  EXPECT_STREQ(pci.busIdLegacy, "0000:1B:00.0");
  EXPECT_EQ(pci.pciDeviceId, 0x233010deU);
}

TEST_F(Readings, AGeforceHasNeitherSerialNorEcc) {
  ASSERT_EQ(open(shipped("geforce")), "");
  const Nvml nvml(library());
  const nvmlDevice_t device = nvml.device(0);
  unsigned int mode = 0;
  unsigned long long errors = 0;

  EXPECT_EQ(name_of(nvml, "nvmlDeviceGetSerial", device), "error 3");
  EXPECT_EQ(nvml("nvmlDeviceGetEccMode", device, &mode, &mode), 3);
  EXPECT_EQ(nvml("nvmlDeviceGetTotalEccErrors", device, 0U, 0U, &errors), 3);
  EXPECT_EQ(nvml.value("nvmlDeviceGetNumFans", device), 2);
}

TEST_F(Readings, APassiveCardHasNoFan) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());

  EXPECT_EQ(nvml.value("nvmlDeviceGetNumFans", nvml.device(0)), 0);
  EXPECT_EQ(nvml.value("nvmlDeviceGetFanSpeed", nvml.device(0)), -3);
}

TEST_F(Readings, TheTwoMemoryCallsAgreeUpToTheReservedPart) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  nvmlMemory_t first{};
  nvmlMemory_v2_t second{};
  second.version = version_word<nvmlMemory_v2_t>(2);

  ASSERT_EQ(nvml("nvmlDeviceGetMemoryInfo", nvml.device(0), &first), 0);
  ASSERT_EQ(nvml("nvmlDeviceGetMemoryInfo_v2", nvml.device(0), &second), 0);
  EXPECT_EQ(first.total, second.total);
  EXPECT_EQ(first.used, second.used + second.reserved);
  EXPECT_EQ(second.total, second.used + second.reserved + second.free);
  EXPECT_EQ(second.used, 71ULL << 30);
}

TEST_F(Readings, AnUnknownVersionWordIsAMismatch) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  nvmlMemory_v2_t memory{};
  memory.version = version_word<nvmlMemory_v2_t>(9);
  EXPECT_EQ(nvml("nvmlDeviceGetMemoryInfo_v2", nvml.device(0), &memory), 25);
}

TEST_F(Readings, ASmallBufferGetsTheCountAndAnError) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  unsigned int count = 0;
  char name[4];

  EXPECT_EQ(nvml("nvmlDeviceGetComputeRunningProcesses_v3", nvml.device(0), &count,
                 static_cast<nvmlProcessInfo_v2_t*>(nullptr)),
            7);
  EXPECT_EQ(count, 1U);
  EXPECT_EQ(nvml("nvmlDeviceGetName", nvml.device(0), static_cast<char*>(name), 4U), 7);
  EXPECT_EQ(nvml("nvmlDeviceGetSupportedGraphicsClocks", nvml.device(0), 2619U, &count,
                 static_cast<unsigned int*>(nullptr)),
            7);
  EXPECT_EQ(count, 110U);
}

TEST_F(Readings, ProcessesComeInBothRecordSizes) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  nvmlProcessInfo_v1_t old_records[4];
  nvmlProcessInfo_v2_t records[4];
  unsigned int old_count = 4;
  unsigned int count = 4;

  ASSERT_EQ(nvml("nvmlDeviceGetComputeRunningProcesses", nvml.device(2), &old_count,
                 static_cast<nvmlProcessInfo_v1_t*>(old_records)),
            0);
  ASSERT_EQ(nvml("nvmlDeviceGetComputeRunningProcesses_v3", nvml.device(2), &count,
                 static_cast<nvmlProcessInfo_v2_t*>(records)),
            0);
  ASSERT_EQ(old_count, 1U);
  ASSERT_EQ(count, 1U);
  EXPECT_EQ(old_records[0].pid, 41202U);
  EXPECT_EQ(records[0].pid, 41202U);
  EXPECT_EQ(records[0].usedGpuMemory, old_records[0].usedGpuMemory);
  EXPECT_EQ(records[0].gpuInstanceId, 0xFFFFFFFFU);
}

TEST_F(Readings, FieldValuesCarryAResultEach) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  nvmlFieldValue_t fields[4]{};
  fields[0].fieldId = 82;    // memory temperature
  fields[1].fieldId = 190;   // power limit
  fields[2].fieldId = 9999;  // nothing
  fields[3].fieldId = 91;    // links

  ASSERT_EQ(
      nvml("nvmlDeviceGetFieldValues", nvml.device(0), 4, static_cast<nvmlFieldValue_t*>(fields)),
      0);
  EXPECT_EQ(fields[0].nvmlReturn, NVML_SUCCESS);
  EXPECT_GT(fields[0].value.uiVal, 40U);
  EXPECT_EQ(fields[1].value.uiVal, 700'000U);
  EXPECT_EQ(fields[2].nvmlReturn, NVML_ERROR_NOT_SUPPORTED);
  EXPECT_EQ(fields[3].value.uiVal, 18U);
}

TEST_F(Readings, TopologyFollowsTheSockets) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  unsigned int near = 0;
  unsigned int far = 0;
  unsigned int peer = 9;
  nvml("nvmlDeviceGetTopologyCommonAncestor", nvml.device(0), nvml.device(1), &near);
  nvml("nvmlDeviceGetTopologyCommonAncestor", nvml.device(0), nvml.device(7), &far);
  nvml("nvmlDeviceGetP2PStatus", nvml.device(0), nvml.device(7), 2U, &peer);

  EXPECT_EQ(near, 40U);
  EXPECT_EQ(far, 50U);
  EXPECT_EQ(peer, 0U);
}

TEST_F(Readings, LinksLeadToTheSwitches) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  unsigned int active = 0;
  nvmlPciInfo_t remote{};

  EXPECT_EQ(nvml("nvmlDeviceGetNvLinkState", nvml.device(0), 17U, &active), 0);
  EXPECT_EQ(active, 1U);
  EXPECT_EQ(nvml("nvmlDeviceGetNvLinkState", nvml.device(0), 18U, &active), 2);
  EXPECT_EQ(nvml("nvmlDeviceGetNvLinkRemotePciInfo_v2", nvml.device(0), 1U, &remote), 0);
  EXPECT_STREQ(remote.busId, "00000000:08:00.0");
}

TEST_F(Readings, GpmGivesRatesBetweenSamples) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  auto request = std::make_unique<nvmlGpmMetricsGet_t>();
  ASSERT_EQ(nvml("nvmlGpmSampleAlloc", &request->sample1), 0);
  ASSERT_EQ(nvml("nvmlGpmSampleAlloc", &request->sample2), 0);
  nvml("nvmlGpmSampleGet", nvml.device(0), request->sample1);
  step(2);
  nvml("nvmlGpmSampleGet", nvml.device(0), request->sample2);
  request->version = 1;
  request->numMetrics = 2;
  request->metrics[0].metricId = 1;
  request->metrics[1].metricId = 20;

  ASSERT_EQ(nvml("nvmlGpmMetricsGet", request.get()), 0);
  EXPECT_NEAR(request->metrics[0].value, 97, 4);
  EXPECT_GT(request->metrics[1].value, 100);
  EXPECT_EQ(nvml("nvmlGpmSampleFree", request->sample1), 0);
  EXPECT_EQ(nvml("nvmlGpmSampleFree", request->sample2), 0);
  EXPECT_EQ(nvml("nvmlGpmSampleFree", request->sample2), 2) << "freed twice";
}

TEST_F(Readings, ProcessUtilizationEndsWithNothingNew) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  nvmlProcessUtilizationSample_t samples[4];
  unsigned int count = 4;
  ASSERT_EQ(nvml("nvmlDeviceGetProcessUtilization", nvml.device(0),
                 static_cast<nvmlProcessUtilizationSample_t*>(samples), &count, 0ULL),
            0);
  EXPECT_GT(samples[0].smUtil, 80U);
  count = 4;
  EXPECT_EQ(
      nvml("nvmlDeviceGetProcessUtilization", nvml.device(0),
           static_cast<nvmlProcessUtilizationSample_t*>(samples), &count, samples[0].timeStamp),
      6);
}

TEST_F(Readings, AHandleOfOurOwnMakingIsInvalid) {
  ASSERT_EQ(open(shipped("t4")), "");
  const Nvml nvml(library());
  EXPECT_EQ(nvml.value("nvmlDeviceGetPowerUsage", nullptr), -2);
  EXPECT_EQ(nvml.value("nvmlDeviceGetPowerUsage", reinterpret_cast<nvmlDevice_t>(0x1234)), -2);
}

TEST_F(Readings, EveryNullOutputIsAnInvalidArgument) {
  ASSERT_EQ(open(shipped("dgx-h100")), "");
  const Nvml nvml(library());
  for (const char* name :
       {"nvmlDeviceGetPowerUsage", "nvmlDeviceGetUtilizationRates", "nvmlDeviceGetMemoryInfo",
        "nvmlDeviceGetPciInfo_v3", "nvmlDeviceGetMemoryInfo_v2", "nvmlDeviceGetBAR1MemoryInfo",
        "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetIndex"}) {
    EXPECT_EQ(nvml(name, nvml.device(0), static_cast<void*>(nullptr)), 2) << name;
  }
}

TEST_F(Readings, TakingAHandleWakesASuspendedGpu) {
  std::string text = shipped("geforce");
  text.replace(text.find("[gpu]\n"), 6, "[gpu]\nsuspended = true\n");
  ASSERT_EQ(open(text), "");
  const std::string status =
      this->text("accel_sim_root") + "/sys/bus/pci/devices/0000:01:00.0/power/runtime_status";
  const auto read = [&] {
    std::string word;
    std::ifstream(status) >> word;
    return word;
  };
  const Nvml nvml(library());
  EXPECT_EQ(read(), "suspended") << "initialization alone does not wake";

  static_cast<void>(nvml.device(0));

  EXPECT_EQ(read(), "active");
}

}  // namespace
}  // namespace accel::sim::testing
