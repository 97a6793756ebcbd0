// Our declarations of Level Zero against the facts of its headers, read at run time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "backends/intel/level_zero_abi.hpp"

namespace accel::intel {
namespace {

using nlohmann::json;

const json& facts() {
  static const json loaded = [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    const char* folder = std::getenv("ACCEL_ABI");
    if (folder == nullptr) return json();
    return json::parse(std::ifstream(std::string(folder) + "/level_zero.json"));
  }();
  return loaded;
}

class LevelZeroAbi : public ::testing::Test {
 protected:
  void SetUp() override {
    if (facts().is_null()) GTEST_SKIP() << "ACCEL_ABI is not set";
  }
};

struct Layout {
  const char* name;
  std::size_t size;
  std::vector<std::pair<const char*, std::size_t>> members;
};

#define ACCEL_MEMBER(type, ours, theirs) \
  { theirs, offsetof(type, ours) }

const std::vector<Layout> kLayouts{
    {"zes_pci_address_t",
     sizeof(zes_pci_address_t),
     {ACCEL_MEMBER(zes_pci_address_t, domain, "domain"),
      ACCEL_MEMBER(zes_pci_address_t, bus, "bus"),
      ACCEL_MEMBER(zes_pci_address_t, device, "device"),
      ACCEL_MEMBER(zes_pci_address_t, function, "function")}},
    {"zes_pci_properties_t",
     sizeof(zes_pci_properties_t),
     {ACCEL_MEMBER(zes_pci_properties_t, stype, "stype"),
      ACCEL_MEMBER(zes_pci_properties_t, next, "pNext"),
      ACCEL_MEMBER(zes_pci_properties_t, address, "address"),
      ACCEL_MEMBER(zes_pci_properties_t, max_speed, "maxSpeed"),
      ACCEL_MEMBER(zes_pci_properties_t, have_replay_counters, "haveReplayCounters")}},
    {"zes_engine_properties_t",
     sizeof(zes_engine_properties_t),
     {ACCEL_MEMBER(zes_engine_properties_t, type, "type"),
      ACCEL_MEMBER(zes_engine_properties_t, subdevice_id, "subdeviceId")}},
    {"zes_engine_stats_t",
     sizeof(zes_engine_stats_t),
     {ACCEL_MEMBER(zes_engine_stats_t, active_time, "activeTime"),
      ACCEL_MEMBER(zes_engine_stats_t, timestamp, "timestamp")}},
    {"zes_freq_properties_t",
     sizeof(zes_freq_properties_t),
     {ACCEL_MEMBER(zes_freq_properties_t, type, "type"),
      ACCEL_MEMBER(zes_freq_properties_t, min, "min"),
      ACCEL_MEMBER(zes_freq_properties_t, max, "max")}},
    {"zes_freq_state_t",
     sizeof(zes_freq_state_t),
     {ACCEL_MEMBER(zes_freq_state_t, current_voltage, "currentVoltage"),
      ACCEL_MEMBER(zes_freq_state_t, actual, "actual"),
      ACCEL_MEMBER(zes_freq_state_t, throttle_reasons, "throttleReasons")}},
    {"zes_temp_properties_t",
     sizeof(zes_temp_properties_t),
     {ACCEL_MEMBER(zes_temp_properties_t, type, "type"),
      ACCEL_MEMBER(zes_temp_properties_t, max_temperature, "maxTemperature")}},
    {"zes_mem_properties_t",
     sizeof(zes_mem_properties_t),
     {ACCEL_MEMBER(zes_mem_properties_t, location, "location"),
      ACCEL_MEMBER(zes_mem_properties_t, physical_size, "physicalSize")}},
    {"zes_mem_bandwidth_t",
     sizeof(zes_mem_bandwidth_t),
     {ACCEL_MEMBER(zes_mem_bandwidth_t, read_counter, "readCounter"),
      ACCEL_MEMBER(zes_mem_bandwidth_t, write_counter, "writeCounter"),
      ACCEL_MEMBER(zes_mem_bandwidth_t, max_bandwidth, "maxBandwidth"),
      ACCEL_MEMBER(zes_mem_bandwidth_t, timestamp, "timestamp")}}};

#undef ACCEL_MEMBER

TEST_F(LevelZeroAbi, HasOurStructsAndOffsets) {
  for (const Layout& layout : kLayouts) {
    ASSERT_TRUE(facts()["structs"].contains(layout.name)) << layout.name;
    const json& known = facts()["structs"][layout.name];
    EXPECT_EQ(layout.size, known["size"].get<std::size_t>()) << layout.name;
    for (const auto& [name, offset] : layout.members) {
      bool found = false;
      for (const json& field : known["fields"]) {
        if (field[0] != name) continue;
        found = true;
        EXPECT_EQ(offset, field[1].get<std::size_t>()) << layout.name << '.' << name;
      }
      EXPECT_TRUE(found) << layout.name << '.' << name;
    }
  }
}

TEST_F(LevelZeroAbi, HasOurStructTypes) {
  const auto& types = facts()["stypes"];
  EXPECT_EQ(types["zes_pci_properties_t"][1], zes_type::kPciProperties);
  EXPECT_EQ(types["zes_engine_properties_t"][1], zes_type::kEngineProperties);
  EXPECT_EQ(types["zes_freq_properties_t"][1], zes_type::kFreqProperties);
  EXPECT_EQ(types["zes_freq_state_t"][1], zes_type::kFreqState);
  EXPECT_EQ(types["zes_mem_properties_t"][1], zes_type::kMemProperties);
  EXPECT_EQ(types["zes_temp_properties_t"][1], zes_type::kTempProperties);
}

TEST_F(LevelZeroAbi, HasOurNumbers) {
  const auto& results = facts()["enums"]["ze_result_t"];
  EXPECT_EQ(results["ZE_RESULT_SUCCESS"], ze_result::kSuccess);
  EXPECT_EQ(results["ZE_RESULT_NOT_READY"], ze_result::kNotReady);
  EXPECT_EQ(results["ZE_RESULT_ERROR_DEVICE_LOST"], ze_result::kDeviceLost);
  EXPECT_EQ(results["ZE_RESULT_ERROR_DEVICE_REQUIRES_RESET"], ze_result::kRequiresReset);
  EXPECT_EQ(results["ZE_RESULT_ERROR_DEVICE_IN_LOW_POWER_STATE"], ze_result::kInLowPowerState);
  EXPECT_EQ(results["ZE_RESULT_ERROR_INSUFFICIENT_PERMISSIONS"],
            ze_result::kInsufficientPermissions);
  EXPECT_EQ(results["ZE_RESULT_ERROR_NOT_AVAILABLE"], ze_result::kNotAvailable);
  EXPECT_EQ(results["ZE_RESULT_ERROR_DEPENDENCY_UNAVAILABLE"], ze_result::kDependencyUnavailable);
  EXPECT_EQ(results["ZE_RESULT_ERROR_UNINITIALIZED"], ze_result::kUninitialized);
  EXPECT_EQ(results["ZE_RESULT_ERROR_UNSUPPORTED_VERSION"], ze_result::kUnsupportedVersion);
  EXPECT_EQ(results["ZE_RESULT_ERROR_UNSUPPORTED_FEATURE"], ze_result::kUnsupportedFeature);
  const auto& groups = facts()["enums"]["zes_engine_group_t"];
  EXPECT_EQ(groups["ZES_ENGINE_GROUP_ALL"], zes_engine_group::kAll);
  EXPECT_EQ(groups["ZES_ENGINE_GROUP_COMPUTE_ALL"], zes_engine_group::kComputeAll);
  EXPECT_EQ(groups["ZES_ENGINE_GROUP_MEDIA_ALL"], zes_engine_group::kMediaAll);
  EXPECT_EQ(groups["ZES_ENGINE_GROUP_COPY_ALL"], zes_engine_group::kCopyAll);
  EXPECT_EQ(groups["ZES_ENGINE_GROUP_RENDER_ALL"], zes_engine_group::kRenderAll);
  EXPECT_EQ(facts()["enums"]["zes_freq_domain_t"]["ZES_FREQ_DOMAIN_GPU"], kZesFreqDomainGpu);
  EXPECT_EQ(facts()["enums"]["zes_freq_domain_t"]["ZES_FREQ_DOMAIN_MEMORY"], kZesFreqDomainMemory);
  EXPECT_EQ(facts()["enums"]["zes_temp_sensors_t"]["ZES_TEMP_SENSORS_GPU"], kZesTempSensorGpu);
  EXPECT_EQ(facts()["enums"]["zes_temp_sensors_t"]["ZES_TEMP_SENSORS_MEMORY"],
            kZesTempSensorMemory);
  EXPECT_EQ(facts()["enums"]["zes_mem_loc_t"]["ZES_MEM_LOC_DEVICE"], kZesMemLocDevice);
}

TEST_F(LevelZeroAbi, HasOurFunctions) {
#define ACCEL_ZES(member, signature, symbol) \
  EXPECT_TRUE(facts()["functions"].contains(symbol)) << (symbol);
#include "backends/intel/level_zero_functions.inc"
#undef ACCEL_ZES
}

}  // namespace
}  // namespace accel::intel
