// The layouts of our own declarations against the recorded facts of the vendor's header.
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "nvml/structs_errors.hpp"
#include "nvml/structs_mig.hpp"
#include "nvml/structs_process.hpp"

namespace {

struct Layout {
  const char* name;
  std::size_t size;
  std::size_t align;
};

#define ACCEL_LAYOUT(type) \
  Layout { #type, sizeof(type), alignof(type) }

const Layout kLayouts[] = {
    ACCEL_LAYOUT(nvmlPciInfo_t),
    ACCEL_LAYOUT(nvmlPciInfoExt_v1_t),
    ACCEL_LAYOUT(nvmlUUID_v1_t),
    ACCEL_LAYOUT(nvmlMemory_t),
    ACCEL_LAYOUT(nvmlMemory_v2_t),
    ACCEL_LAYOUT(nvmlBAR1Memory_t),
    ACCEL_LAYOUT(nvmlUtilization_t),
    ACCEL_LAYOUT(nvmlDeviceAttributes_t),
    ACCEL_LAYOUT(nvmlSample_t),
    ACCEL_LAYOUT(nvmlFieldValue_t),
    ACCEL_LAYOUT(nvmlViolationTime_t),
    ACCEL_LAYOUT(nvmlTemperature_v1_t),
    ACCEL_LAYOUT(nvmlMarginTemperature_v1_t),
    ACCEL_LAYOUT(nvmlGpuThermalSettings_t),
    ACCEL_LAYOUT(nvmlPowerValue_v2_t),
    ACCEL_LAYOUT(nvmlClockOffset_v1_t),
    ACCEL_LAYOUT(nvmlFanSpeedInfo_v1_t),
    ACCEL_LAYOUT(nvmlCoolerInfo_v1_t),
    ACCEL_LAYOUT(nvmlGpuDynamicPstatesInfo_t),
    ACCEL_LAYOUT(nvmlDeviceCapabilities_v1_t),
    ACCEL_LAYOUT(nvmlPdi_v1_t),
    ACCEL_LAYOUT(nvmlPlatformInfo_v2_t),
    ACCEL_LAYOUT(nvmlSystemDriverBranchInfo_v1_t),
    ACCEL_LAYOUT(nvmlBridgeChipHierarchy_t),
    ACCEL_LAYOUT(nvmlC2cModeInfo_v1_t),
    ACCEL_LAYOUT(nvmlDeviceAddressingMode_v1_t),
    ACCEL_LAYOUT(nvmlRepairStatus_v1_t),
    ACCEL_LAYOUT(nvmlClkMonStatus_t),
    ACCEL_LAYOUT(nvmlEccErrorCounts_t),
    ACCEL_LAYOUT(nvmlEccSramErrorStatus_v1_t),
    ACCEL_LAYOUT(nvmlRowRemapperHistogramValues_t),
    ACCEL_LAYOUT(nvmlRemappedRowsInfo_v2_t),
    ACCEL_LAYOUT(nvmlGpuFabricInfo_t),
    ACCEL_LAYOUT(nvmlGpuFabricInfo_v3_t),
    ACCEL_LAYOUT(nvmlNvLinkInfo_v1_t),
    ACCEL_LAYOUT(nvmlProcessInfo_v1_t),
    ACCEL_LAYOUT(nvmlProcessInfo_v2_t),
    ACCEL_LAYOUT(nvmlProcessDetail_v1_t),
    ACCEL_LAYOUT(nvmlProcessDetailList_v1_t),
    ACCEL_LAYOUT(nvmlProcessUtilizationSample_t),
    ACCEL_LAYOUT(nvmlProcessUtilizationInfo_v1_t),
    ACCEL_LAYOUT(nvmlProcessesUtilizationInfo_v1_t),
    ACCEL_LAYOUT(nvmlAccountingStats_t),
    ACCEL_LAYOUT(nvmlEncoderSessionInfo_t),
    ACCEL_LAYOUT(nvmlFBCStats_t),
    ACCEL_LAYOUT(nvmlEventData_t),
    ACCEL_LAYOUT(nvmlSystemEventSetCreateRequest_v1_t),
    ACCEL_LAYOUT(nvmlSystemEventSetWaitRequest_v1_t),
    ACCEL_LAYOUT(nvmlSystemRegisterEventRequest_v1_t),
    ACCEL_LAYOUT(nvmlGpmSupport_t),
    ACCEL_LAYOUT(nvmlGpmMetric_t),
    ACCEL_LAYOUT(nvmlGpmMetricsGet_t),
    ACCEL_LAYOUT(nvmlGpuInstancePlacement_t),
    ACCEL_LAYOUT(nvmlGpuInstanceInfo_t),
    ACCEL_LAYOUT(nvmlComputeInstanceInfo_t),
    ACCEL_LAYOUT(nvmlGpuInstanceProfileInfo_t),
    ACCEL_LAYOUT(nvmlGpuInstanceProfileInfo_v2_t),
    ACCEL_LAYOUT(nvmlGpuInstanceProfileInfo_v3_t),
    ACCEL_LAYOUT(nvmlComputeInstanceProfileInfo_t),
    ACCEL_LAYOUT(nvmlComputeInstanceProfileInfo_v2_t),
    ACCEL_LAYOUT(nvmlComputeInstanceProfileInfo_v3_t),
};

struct Offset {
  const char* type;
  const char* field;
  std::size_t bytes;
};

#define ACCEL_OFFSET(type, field) \
  Offset { #type, #field, offsetof(type, field) }

const Offset kOffsets[] = {
    ACCEL_OFFSET(nvmlPciInfo_t, pciDeviceId),
    ACCEL_OFFSET(nvmlPciInfo_t, busId),
    ACCEL_OFFSET(nvmlMemory_v2_t, reserved),
    ACCEL_OFFSET(nvmlMemory_v2_t, used),
    ACCEL_OFFSET(nvmlFieldValue_t, scopeId),
    ACCEL_OFFSET(nvmlFieldValue_t, timestamp),
    ACCEL_OFFSET(nvmlFieldValue_t, valueType),
    ACCEL_OFFSET(nvmlFieldValue_t, nvmlReturn),
    ACCEL_OFFSET(nvmlFieldValue_t, value),
    ACCEL_OFFSET(nvmlProcessInfo_v2_t, gpuInstanceId),
    ACCEL_OFFSET(nvmlProcessDetailList_v1_t, procArray),
    ACCEL_OFFSET(nvmlProcessUtilizationSample_t, smUtil),
    ACCEL_OFFSET(nvmlEncoderSessionInfo_t, averageFps),
    ACCEL_OFFSET(nvmlEventData_t, eventData),
    ACCEL_OFFSET(nvmlEventData_t, gpuInstanceId),
    ACCEL_OFFSET(nvmlGpmMetricsGet_t, metrics),
    ACCEL_OFFSET(nvmlGpmMetric_t, value),
    ACCEL_OFFSET(nvmlGpuInstanceProfileInfo_v2_t, name),
    ACCEL_OFFSET(nvmlGpuInstanceProfileInfo_v3_t, name),
    ACCEL_OFFSET(nvmlComputeInstanceProfileInfo_v2_t, name),
    ACCEL_OFFSET(nvmlComputeInstanceInfo_t, placement),
    ACCEL_OFFSET(nvmlEccSramErrorStatus_v1_t, aggregateUncBucketOther),
    ACCEL_OFFSET(nvmlGpuFabricInfo_v3_t, healthMask),
    ACCEL_OFFSET(nvmlPowerValue_v2_t, powerValueMw),
};

class Facts : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("ACCEL_ABI");
    if (folder == nullptr) GTEST_SKIP() << "ACCEL_ABI is not set";
    std::ifstream file(std::string(folder) + "/nvml.json");
    facts_ = nlohmann::json::parse(file);
  }

  nlohmann::json facts_;
};

TEST_F(Facts, EveryRecordHasTheVendorsSizeAndAlignment) {
  for (const Layout& layout : kLayouts) {
    const auto& record = facts_.at("structs").at(layout.name);
    EXPECT_EQ(layout.size, record.at("size").get<std::size_t>()) << layout.name;
    EXPECT_EQ(layout.align, record.at("align").get<std::size_t>()) << layout.name;
  }
}

TEST_F(Facts, FieldsStandWhereTheVendorPutsThem) {
  for (const Offset& offset : kOffsets) {
    bool found = false;
    for (const auto& field : facts_.at("structs").at(offset.type).at("fields")) {
      if (field.at(0) != offset.field) continue;
      found = true;
      EXPECT_EQ(offset.bytes, field.at(1).get<std::size_t>()) << offset.type << offset.field;
    }
    EXPECT_TRUE(found) << offset.type << '.' << offset.field;
  }
}

TEST_F(Facts, VersionWordsAreTheVendors) {
  const auto& versions = facts_.at("struct_versions");
  const auto word = [&](const char* name) { return versions.at(name).at(1).get<unsigned int>(); };
  EXPECT_EQ(version_word<nvmlMemory_v2_t>(2), word("nvmlMemory_v2"));
  EXPECT_EQ(version_word<nvmlTemperature_v1_t>(1), word("nvmlTemperature_v1"));
  EXPECT_EQ(version_word<nvmlPowerValue_v2_t>(2), word("nvmlPowerValue_v2"));
  EXPECT_EQ(version_word<nvmlGpuInstanceProfileInfo_v2_t>(2),
            word("nvmlGpuInstanceProfileInfo_v2"));
  EXPECT_EQ(version_word<nvmlGpuInstanceProfileInfo_v3_t>(3),
            word("nvmlGpuInstanceProfileInfo_v3"));
  EXPECT_EQ(version_word<nvmlGpuFabricInfo_v3_t>(3), word("nvmlGpuFabricInfo_v3"));
  EXPECT_EQ(version_word<nvmlFanSpeedInfo_v1_t>(1), word("nvmlFanSpeedInfo_v1"));
  EXPECT_EQ(version_word<nvmlClockOffset_v1_t>(1), word("nvmlClockOffset_v1"));
  EXPECT_EQ(version_word<nvmlUUID_v1_t>(1), word("nvmlUUID_v1"));
}

}  // namespace
