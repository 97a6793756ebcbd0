// Our declarations of NVML against the facts of its header, read at run time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "backends/nvidia/nvml_abi.hpp"
#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

using nlohmann::json;

const json& facts() {
  static const json loaded = [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    const char* folder = std::getenv("ACCEL_ABI");
    if (folder == nullptr) return json();
    return json::parse(std::ifstream(std::string(folder) + "/nvml.json"));
  }();
  return loaded;
}

class NvmlAbi : public ::testing::Test {
 protected:
  void SetUp() override {
    if (facts().is_null()) GTEST_SKIP() << "ACCEL_ABI is not set";
  }
};

struct Member {
  const char* name;
  std::size_t offset;
};

struct Layout {
  const char* name;
  std::size_t size;
  std::vector<Member> members;
};

#define ACCEL_MEMBER(type, ours, theirs) \
  { theirs, offsetof(type, ours) }

const std::vector<Layout> kLayouts{
    {"nvmlPciInfo_t",
     sizeof(nvmlPciInfo_t),
     {ACCEL_MEMBER(nvmlPciInfo_t, bus_id_legacy, "busIdLegacy"),
      ACCEL_MEMBER(nvmlPciInfo_t, domain, "domain"), ACCEL_MEMBER(nvmlPciInfo_t, bus, "bus"),
      ACCEL_MEMBER(nvmlPciInfo_t, device, "device"),
      ACCEL_MEMBER(nvmlPciInfo_t, pci_device_id, "pciDeviceId"),
      ACCEL_MEMBER(nvmlPciInfo_t, pci_subsystem_id, "pciSubSystemId"),
      ACCEL_MEMBER(nvmlPciInfo_t, bus_id, "busId")}},
    {"nvmlMemory_t",
     sizeof(nvmlMemory_t),
     {ACCEL_MEMBER(nvmlMemory_t, total, "total"), ACCEL_MEMBER(nvmlMemory_t, free, "free"),
      ACCEL_MEMBER(nvmlMemory_t, used, "used")}},
    {"nvmlMemory_v2_t",
     sizeof(nvmlMemory_v2_t),
     {ACCEL_MEMBER(nvmlMemory_v2_t, version, "version"),
      ACCEL_MEMBER(nvmlMemory_v2_t, total, "total"),
      ACCEL_MEMBER(nvmlMemory_v2_t, reserved, "reserved"),
      ACCEL_MEMBER(nvmlMemory_v2_t, free, "free"), ACCEL_MEMBER(nvmlMemory_v2_t, used, "used")}},
    {"nvmlUtilization_t",
     sizeof(nvmlUtilization_t),
     {ACCEL_MEMBER(nvmlUtilization_t, gpu, "gpu"),
      ACCEL_MEMBER(nvmlUtilization_t, memory, "memory")}},
    {"nvmlTemperature_v1_t",
     sizeof(nvmlTemperature_t),
     {ACCEL_MEMBER(nvmlTemperature_t, version, "version"),
      ACCEL_MEMBER(nvmlTemperature_t, sensor, "sensorType"),
      ACCEL_MEMBER(nvmlTemperature_t, temperature, "temperature")}},
    {"nvmlMarginTemperature_v1_t",
     sizeof(nvmlMarginTemperature_t),
     {ACCEL_MEMBER(nvmlMarginTemperature_t, margin, "marginTemperature")}},
    {"nvmlFanSpeedInfo_v1_t",
     sizeof(nvmlFanSpeedInfo_t),
     {ACCEL_MEMBER(nvmlFanSpeedInfo_t, fan, "fan"),
      ACCEL_MEMBER(nvmlFanSpeedInfo_t, speed, "speed")}},
    {"nvmlClockOffset_v1_t",
     sizeof(nvmlClockOffset_t),
     {ACCEL_MEMBER(nvmlClockOffset_t, version, "version"),
      ACCEL_MEMBER(nvmlClockOffset_t, clock_type, "type"),
      ACCEL_MEMBER(nvmlClockOffset_t, pstate, "pstate"),
      ACCEL_MEMBER(nvmlClockOffset_t, offset, "clockOffsetMHz"),
      ACCEL_MEMBER(nvmlClockOffset_t, lowest, "minClockOffsetMHz"),
      ACCEL_MEMBER(nvmlClockOffset_t, highest, "maxClockOffsetMHz")}},
    {"nvmlViolationTime_t",
     sizeof(nvmlViolationTime_t),
     {ACCEL_MEMBER(nvmlViolationTime_t, reference_time, "referenceTime"),
      ACCEL_MEMBER(nvmlViolationTime_t, violation_time, "violationTime")}},
    {"nvmlValue_t", sizeof(nvmlValue_t), {}},
    {"nvmlFieldValue_t",
     sizeof(nvmlFieldValue_t),
     {ACCEL_MEMBER(nvmlFieldValue_t, field_id, "fieldId"),
      ACCEL_MEMBER(nvmlFieldValue_t, scope_id, "scopeId"),
      ACCEL_MEMBER(nvmlFieldValue_t, timestamp, "timestamp"),
      ACCEL_MEMBER(nvmlFieldValue_t, latency_us, "latencyUsec"),
      ACCEL_MEMBER(nvmlFieldValue_t, value_type, "valueType"),
      ACCEL_MEMBER(nvmlFieldValue_t, result, "nvmlReturn"),
      ACCEL_MEMBER(nvmlFieldValue_t, value, "value")}},
    {"nvmlProcessInfo_v2_t",
     sizeof(nvmlProcessInfo_t),
     {ACCEL_MEMBER(nvmlProcessInfo_t, pid, "pid"),
      ACCEL_MEMBER(nvmlProcessInfo_t, used_gpu_memory, "usedGpuMemory"),
      ACCEL_MEMBER(nvmlProcessInfo_t, gpu_instance_id, "gpuInstanceId"),
      ACCEL_MEMBER(nvmlProcessInfo_t, compute_instance_id, "computeInstanceId")}},
    {"nvmlProcessUtilizationSample_t",
     sizeof(nvmlProcessUtilizationSample_t),
     {ACCEL_MEMBER(nvmlProcessUtilizationSample_t, pid, "pid"),
      ACCEL_MEMBER(nvmlProcessUtilizationSample_t, time_stamp, "timeStamp"),
      ACCEL_MEMBER(nvmlProcessUtilizationSample_t, sm, "smUtil"),
      ACCEL_MEMBER(nvmlProcessUtilizationSample_t, memory, "memUtil"),
      ACCEL_MEMBER(nvmlProcessUtilizationSample_t, encoder, "encUtil"),
      ACCEL_MEMBER(nvmlProcessUtilizationSample_t, decoder, "decUtil")}},
    {"nvmlDeviceAttributes_t",
     sizeof(nvmlDeviceAttributes_t),
     {ACCEL_MEMBER(nvmlDeviceAttributes_t, multiprocessors, "multiprocessorCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, copy_engines, "sharedCopyEngineCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, decoders, "sharedDecoderCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, encoders, "sharedEncoderCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, jpegs, "sharedJpegCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, ofas, "sharedOfaCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, gpu_instance_slices, "gpuInstanceSliceCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, compute_instance_slices, "computeInstanceSliceCount"),
      ACCEL_MEMBER(nvmlDeviceAttributes_t, memory_mib, "memorySizeMB")}},
    {"nvmlEventData_t",
     sizeof(nvmlEventData_t),
     {ACCEL_MEMBER(nvmlEventData_t, device, "device"),
      ACCEL_MEMBER(nvmlEventData_t, event_type, "eventType"),
      ACCEL_MEMBER(nvmlEventData_t, event_data, "eventData"),
      ACCEL_MEMBER(nvmlEventData_t, gpu_instance_id, "gpuInstanceId"),
      ACCEL_MEMBER(nvmlEventData_t, compute_instance_id, "computeInstanceId")}},
    {"nvmlGpmSupport_t",
     sizeof(nvmlGpmSupport_t),
     {ACCEL_MEMBER(nvmlGpmSupport_t, is_supported, "isSupportedDevice")}},
    {"nvmlGpmMetric_t",
     sizeof(nvmlGpmMetric_t),
     {ACCEL_MEMBER(nvmlGpmMetric_t, id, "metricId"),
      ACCEL_MEMBER(nvmlGpmMetric_t, result, "nvmlReturn"),
      ACCEL_MEMBER(nvmlGpmMetric_t, value, "value"),
      ACCEL_MEMBER(nvmlGpmMetric_t, unit, "metricInfo.unit")}},
    {"nvmlGpmMetricsGet_t",
     sizeof(nvmlGpmMetricsGet_t),
     {ACCEL_MEMBER(nvmlGpmMetricsGet_t, count, "numMetrics"),
      ACCEL_MEMBER(nvmlGpmMetricsGet_t, sample1, "sample1"),
      ACCEL_MEMBER(nvmlGpmMetricsGet_t, sample2, "sample2"),
      ACCEL_MEMBER(nvmlGpmMetricsGet_t, metrics, "metrics")}}};

#undef ACCEL_MEMBER

TEST_F(NvmlAbi, HasOurStructsAndOffsets) {
  for (const Layout& layout : kLayouts) {
    ASSERT_TRUE(facts()["structs"].contains(layout.name)) << layout.name;
    const json& known = facts()["structs"][layout.name];
    EXPECT_EQ(layout.size, known["size"].get<std::size_t>()) << layout.name;
    std::map<std::string, std::size_t> offsets;
    for (const json& field : known["fields"]) offsets[field[0]] = field[1];
    for (const Member& member : layout.members) {
      ASSERT_TRUE(offsets.contains(member.name)) << layout.name << '.' << member.name;
      EXPECT_EQ(member.offset, offsets[member.name]) << layout.name << '.' << member.name;
    }
  }
}

TEST_F(NvmlAbi, HasOurStructVersions) {
  const auto& versions = facts()["struct_versions"];
  EXPECT_EQ(struct_version<nvmlMemory_v2_t>(2), versions["nvmlMemory_v2"][1]);
  EXPECT_EQ(struct_version<nvmlTemperature_t>(1), versions["nvmlTemperature_v1"][1]);
  EXPECT_EQ(struct_version<nvmlMarginTemperature_t>(1), versions["nvmlMarginTemperature_v1"][1]);
  EXPECT_EQ(struct_version<nvmlFanSpeedInfo_t>(1), versions["nvmlFanSpeedInfo_v1"][1]);
  EXPECT_EQ(struct_version<nvmlClockOffset_t>(1), versions["nvmlClockOffset_v1"][1]);
}

/// The value of a constant or enumerator of the header.
std::uint64_t fact(const std::string& name) {
  if (facts()["constants"].contains(name)) return facts()["constants"][name];
  for (const auto& [type, values] : facts()["enums"].items()) {
    if (values.contains(name)) return values[name];
  }
  ADD_FAILURE() << "the header has no " << name;
  return ~std::uint64_t{0};
}

TEST_F(NvmlAbi, HasOurNumbers) {
  const std::vector<std::pair<const char*, std::uint64_t>> numbers{
      {"NVML_SUCCESS", status::kSuccess},
      {"NVML_ERROR_UNINITIALIZED", status::kUninitialized},
      {"NVML_ERROR_INVALID_ARGUMENT", status::kInvalidArgument},
      {"NVML_ERROR_NOT_SUPPORTED", status::kNotSupported},
      {"NVML_ERROR_NO_PERMISSION", status::kNoPermission},
      {"NVML_ERROR_NOT_FOUND", status::kNotFound},
      {"NVML_ERROR_INSUFFICIENT_SIZE", status::kInsufficientSize},
      {"NVML_ERROR_DRIVER_NOT_LOADED", status::kDriverNotLoaded},
      {"NVML_ERROR_TIMEOUT", status::kTimeout},
      {"NVML_ERROR_LIBRARY_NOT_FOUND", status::kLibraryNotFound},
      {"NVML_ERROR_FUNCTION_NOT_FOUND", status::kFunctionNotFound},
      {"NVML_ERROR_GPU_IS_LOST", status::kGpuIsLost},
      {"NVML_ERROR_RESET_REQUIRED", status::kResetRequired},
      {"NVML_ERROR_OPERATING_SYSTEM", status::kOperatingSystem},
      {"NVML_ERROR_LIB_RM_VERSION_MISMATCH", status::kVersionMismatch},
      {"NVML_ERROR_IN_USE", status::kInUse},
      {"NVML_ERROR_MEMORY", status::kMemory},
      {"NVML_ERROR_NO_DATA", status::kNoData},
      {"NVML_ERROR_ARGUMENT_VERSION_MISMATCH", status::kArgumentVersionMismatch},
      {"NVML_ERROR_DEPRECATED", status::kDeprecated},
      {"NVML_ERROR_NOT_READY", status::kNotReady},
      {"NVML_ERROR_UNKNOWN", status::kUnknown},
      {"NVML_VALUE_TYPE_UNSIGNED_INT", value_type::kUnsignedInt},
      {"NVML_VALUE_TYPE_UNSIGNED_LONG", value_type::kUnsignedLong},
      {"NVML_VALUE_TYPE_UNSIGNED_LONG_LONG", value_type::kUnsignedLongLong},
      {"NVML_VALUE_TYPE_SIGNED_LONG_LONG", value_type::kSignedLongLong},
      {"NVML_VALUE_TYPE_SIGNED_INT", value_type::kSignedInt},
      {"NVML_VALUE_TYPE_UNSIGNED_SHORT", value_type::kUnsignedShort},
      {"NVML_GPM_METRIC_MAX", kGpmMetricMax},
      {"NVML_TEMPERATURE_GPU", kTemperatureGpu},
      {"NVML_FEATURE_ENABLED", kEnabled},
      {"NVML_PSTATE_15", kPstateMax},
      {"NVML_PSTATE_UNKNOWN", kPstateUnknown},
      {"INVALID_GPU_INSTANCE_ID", kNoInstance},
      {"NVML_NVLINK_MAX_LINKS", kMaxLinks},
      {"NVML_NVLINK_DEVICE_TYPE_GPU", kRemoteIsGpu},
      {"NVML_NVLINK_DEVICE_TYPE_IBMNPU", kRemoteIsProcessor},
      {"NVML_NVLINK_DEVICE_TYPE_SWITCH", kRemoteIsSwitch},
      {"NVML_TEMPERATURE_THRESHOLD_SHUTDOWN", threshold::kShutdown},
      {"NVML_TEMPERATURE_THRESHOLD_SLOWDOWN", threshold::kSlowdown},
      {"NVML_TEMPERATURE_THRESHOLD_MEM_MAX", threshold::kMemoryMax},
      {"NVML_TEMPERATURE_THRESHOLD_GPU_MAX", threshold::kGpuMax},
      {"NVML_TEMPERATURE_THRESHOLD_ACOUSTIC_MIN", threshold::kAcousticMin},
      {"NVML_TEMPERATURE_THRESHOLD_ACOUSTIC_CURR", threshold::kAcousticCurrent},
      {"NVML_TEMPERATURE_THRESHOLD_ACOUSTIC_MAX", threshold::kAcousticMax},
      {"NVML_FAN_POLICY_TEMPERATURE_CONTINOUS_SW", fan_control::kAutomatic},
      {"NVML_FAN_POLICY_MANUAL", fan_control::kManual},
      {"NVML_COMPUTEMODE_DEFAULT", compute::kDefault},
      {"NVML_COMPUTEMODE_EXCLUSIVE_THREAD", compute::kExclusiveThread},
      {"NVML_COMPUTEMODE_PROHIBITED", compute::kProhibited},
      {"NVML_COMPUTEMODE_EXCLUSIVE_PROCESS", compute::kExclusiveProcess},
      {"NVML_DEVICE_ARCH_VOLTA", architecture_number::kVolta},
      {"NVML_DEVICE_ARCH_AMPERE", architecture_number::kAmpere},
      {"NVML_DEVICE_ARCH_UNKNOWN", architecture_number::kUnknown},
      {"NVML_CLOCK_GRAPHICS", clock_type::kGraphics},
      {"NVML_CLOCK_SM", clock_type::kSm},
      {"NVML_CLOCK_MEM", clock_type::kMemory},
      {"NVML_CLOCK_VIDEO", clock_type::kVideo},
      {"NVML_MEMORY_ERROR_TYPE_CORRECTED", ecc::kCorrected},
      {"NVML_MEMORY_ERROR_TYPE_UNCORRECTED", ecc::kUncorrected},
      {"NVML_VOLATILE_ECC", ecc::kVolatile},
      {"NVML_AGGREGATE_ECC", ecc::kAggregate},
      {"NVML_PCIE_UTIL_TX_BYTES", pcie_counter::kTx},
      {"NVML_PCIE_UTIL_RX_BYTES", pcie_counter::kRx},
      {"NVML_NVLINK_ERROR_DL_REPLAY", link_error::kReplay},
      {"NVML_NVLINK_ERROR_DL_RECOVERY", link_error::kRecovery},
      {"NVML_NVLINK_ERROR_DL_CRC_FLIT", link_error::kCrcFlit},
      {"NVML_PERF_POLICY_POWER", policy::kPower},
      {"NVML_PERF_POLICY_THERMAL", policy::kThermal},
      {"NVML_PERF_POLICY_SYNC_BOOST", policy::kSyncBoost},
      {"NVML_PERF_POLICY_BOARD_LIMIT", policy::kBoardLimit},
      {"NVML_PERF_POLICY_LOW_UTILIZATION", policy::kLowUtilization},
      {"NVML_PERF_POLICY_RELIABILITY", policy::kReliability},
      {"NVML_GPM_METRIC_GRAPHICS_UTIL", gpm_metric::kGraphics},
      {"NVML_GPM_METRIC_SM_UTIL", gpm_metric::kSm},
      {"NVML_GPM_METRIC_SM_OCCUPANCY", gpm_metric::kSmOccupancy},
      {"NVML_GPM_METRIC_ANY_TENSOR_UTIL", gpm_metric::kAnyTensor},
      {"NVML_GPM_METRIC_DRAM_BW_UTIL", gpm_metric::kDram},
      {"NVML_GPM_METRIC_FP64_UTIL", gpm_metric::kFp64},
      {"NVML_GPM_METRIC_FP32_UTIL", gpm_metric::kFp32},
      {"NVML_GPM_METRIC_FP16_UTIL", gpm_metric::kFp16},
      {"NVML_GPM_METRIC_PCIE_TX_PER_SEC", gpm_metric::kPcieTx},
      {"NVML_GPM_METRIC_PCIE_RX_PER_SEC", gpm_metric::kPcieRx},
      {"NVML_GPM_METRICS_GET_VERSION", kGpmVersion},
      {"NVML_GPM_SUPPORT_VERSION", kGpmVersion},
      {"nvmlClocksEventReasonGpuIdle", clock_reason::kGpuIdle},
      {"nvmlClocksEventReasonApplicationsClocksSetting", clock_reason::kApplicationsClocks},
      {"nvmlClocksEventReasonSwPowerCap", clock_reason::kSwPowerCap},
      {"nvmlClocksThrottleReasonHwSlowdown", clock_reason::kHwSlowdown},
      {"nvmlClocksEventReasonSyncBoost", clock_reason::kSyncBoost},
      {"nvmlClocksEventReasonSwThermalSlowdown", clock_reason::kSwThermal},
      {"nvmlClocksThrottleReasonHwThermalSlowdown", clock_reason::kHwThermal},
      {"nvmlClocksThrottleReasonHwPowerBrakeSlowdown", clock_reason::kHwPowerBrake},
      {"nvmlClocksEventReasonDisplayClockSetting", clock_reason::kDisplayClock},
      {"nvmlEventTypeSingleBitEccError", event_type::kSingleBitEcc},
      {"nvmlEventTypeDoubleBitEccError", event_type::kDoubleBitEcc},
      {"nvmlEventTypePState", event_type::kPstate},
      {"nvmlEventTypeXidCriticalError", event_type::kXid},
      {"nvmlEventTypeClock", event_type::kClock},
      {"nvmlEventTypePowerSourceChange", event_type::kPowerSource},
      {"nvmlEventMigConfigChange", event_type::kMigConfig},
      {"nvmlEventTypeSingleBitEccErrorStorm", event_type::kSingleBitStorm},
      {"nvmlEventTypeDramRetirementEvent", event_type::kDramRetirement},
      {"nvmlEventTypeDramRetirementFailure", event_type::kDramRetirementFailure},
      {"nvmlEventTypeNonFatalPoisonError", event_type::kNonFatalPoison},
      {"nvmlEventTypeFatalPoisonError", event_type::kFatalPoison},
      {"nvmlEventTypeGpuUnavailableError", event_type::kGpuUnavailable},
      {"nvmlEventTypeGpuRecoveryAction", event_type::kRecoveryAction}};
  for (const auto& [name, ours] : numbers) EXPECT_EQ(ours, fact(name)) << name;
}

TEST_F(NvmlAbi, HasOurFieldsWhereNoBranchMovedThem) {
  const std::vector<std::pair<const char*, std::uint32_t>> fields{
      {"NVML_FI_DEV_RETIRED_SBE", field::kRetiredSbe},
      {"NVML_FI_DEV_RETIRED_DBE", field::kRetiredDbe},
      {"NVML_FI_DEV_RETIRED_PENDING", field::kRetiredPending},
      {"NVML_FI_DEV_PERF_POLICY_POWER", field::kPolicyPower},
      {"NVML_FI_DEV_PERF_POLICY_THERMAL", field::kPolicyThermal},
      {"NVML_FI_DEV_PERF_POLICY_SYNC_BOOST", field::kPolicySyncBoost},
      {"NVML_FI_DEV_PERF_POLICY_BOARD_LIMIT", field::kPolicyBoardLimit},
      {"NVML_FI_DEV_PERF_POLICY_LOW_UTILIZATION", field::kPolicyLowUtilization},
      {"NVML_FI_DEV_PERF_POLICY_RELIABILITY", field::kPolicyReliability},
      {"NVML_FI_DEV_MEMORY_TEMP", field::kMemoryTemperature},
      {"NVML_FI_DEV_TOTAL_ENERGY_CONSUMPTION", field::kTotalEnergy},
      {"NVML_FI_DEV_NVLINK_LINK_COUNT", field::kLinkCount},
      {"NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_TX", field::kLinkDataTx},
      {"NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_RX", field::kLinkDataRx},
      {"NVML_FI_DEV_PCIE_COUNT_CORRECTABLE_ERRORS", field::kPcieCorrectable},
      {"NVML_FI_DEV_PCIE_COUNT_NON_FATAL_ERROR", field::kPcieNonFatal},
      {"NVML_FI_DEV_PCIE_COUNT_FATAL_ERROR", field::kPcieFatal},
      {"NVML_FI_DEV_POWER_AVERAGE", field::kPowerAverage},
      {"NVML_FI_DEV_POWER_INSTANT", field::kPowerInstant},
      {"NVML_FI_DEV_TEMPERATURE_SHUTDOWN_TLIMIT", field::kMarginShutdown},
      {"NVML_FI_DEV_TEMPERATURE_SLOWDOWN_TLIMIT", field::kMarginSlowdown},
      {"NVML_FI_DEV_TEMPERATURE_MEM_MAX_TLIMIT", field::kMarginMemory},
      {"NVML_FI_DEV_TEMPERATURE_GPU_MAX_TLIMIT", field::kMarginGpuMax},
      {"NVML_FI_DEV_PCIE_COUNT_TX_BYTES", field::kPcieTxBytes},
      {"NVML_FI_DEV_PCIE_COUNT_RX_BYTES", field::kPcieRxBytes},
      {"NVML_FI_DEV_GET_GPU_RECOVERY_ACTION", field::kRecoveryAction}};
  for (const auto& [name, ours] : fields) {
    EXPECT_EQ(ours, fact(name)) << name;
    EXPECT_FALSE(facts()["history"]["constant_by_driver"].contains(name)) << name << " moved";
  }
}

struct OurFunction {
  const char* member;
  std::vector<std::size_t> widths;  ///< of the parameters, in bytes
  std::vector<std::string> symbols;
};

template <class... Params>
std::vector<std::size_t> widths(nvmlReturn_t (* /*function*/)(Params...)) {
  // NOLINTNEXTLINE(bugprone-sizeof-expression): the width of the pointer is what is meant
  return {sizeof(Params)...};
}

const std::vector<OurFunction>& our_functions() {
  static const std::vector<OurFunction> all{
#define ACCEL_NVML(member, signature, ...) \
  {#member, widths(static_cast<std::add_pointer_t<signature>>(nullptr)), {__VA_ARGS__}},
#include "backends/nvidia/nvml_functions.inc"
#undef ACCEL_NVML
  };
  return all;
}

/// Bytes that a parameter of that C type takes: pointers and handles eight, enumerations four.
std::size_t width(const std::string& type) {
  if (type.find('*') != std::string::npos) return 8;
  const auto& typedefs = facts()["typedefs"];
  if (typedefs.contains(type)) return width(typedefs[type]);
  if (type == "unsigned long long") return 8;
  return 4;
}

TEST_F(NvmlAbi, ExportsEveryFunctionThatWeCallWithOurParameters) {
  for (const OurFunction& ours : our_functions()) {
    for (const std::string& symbol : ours.symbols) {
      ASSERT_TRUE(facts()["functions"].contains(symbol)) << symbol;
      EXPECT_FALSE(facts()["aliases"].contains(symbol)) << symbol << " keeps an old struct";
      std::vector<std::size_t> theirs;
      for (const json& parameter : facts()["functions"][symbol]["params"]) {
        theirs.push_back(width(parameter[0]));
      }
      EXPECT_EQ(ours.widths, theirs) << symbol;
    }
  }
}

TEST_F(NvmlAbi, HasTheNewestNameFirst) {
  for (const OurFunction& ours : our_functions()) {
    for (std::size_t i = 1; i < ours.symbols.size(); ++i) {
      const auto first = [&](const std::string& symbol) {
        return facts()["functions"][symbol].value("lib", json(418));
      };
      const json newer = first(ours.symbols[i - 1]);
      const json older = first(ours.symbols[i]);
      EXPECT_TRUE(newer.is_null() || newer >= older) << ours.symbols[i - 1];
    }
  }
}

}  // namespace
}  // namespace accel::nvidia
