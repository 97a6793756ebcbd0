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

#define LAYOUT(type) \
  Layout { #type, sizeof(type), alignof(type) }

const Layout kLayouts[] = {
    LAYOUT(nvmlPciInfo_t),
    LAYOUT(nvmlPciInfoExt_v1_t),
    LAYOUT(nvmlUUID_v1_t),
    LAYOUT(nvmlMemory_t),
    LAYOUT(nvmlMemory_v2_t),
    LAYOUT(nvmlBAR1Memory_t),
    LAYOUT(nvmlUtilization_t),
    LAYOUT(nvmlDeviceAttributes_t),
    LAYOUT(nvmlSample_t),
    LAYOUT(nvmlFieldValue_t),
    LAYOUT(nvmlViolationTime_t),
    LAYOUT(nvmlTemperature_v1_t),
    LAYOUT(nvmlMarginTemperature_v1_t),
    LAYOUT(nvmlGpuThermalSettings_t),
    LAYOUT(nvmlPowerValue_v2_t),
    LAYOUT(nvmlClockOffset_v1_t),
    LAYOUT(nvmlFanSpeedInfo_v1_t),
    LAYOUT(nvmlCoolerInfo_v1_t),
    LAYOUT(nvmlGpuDynamicPstatesInfo_t),
    LAYOUT(nvmlDeviceCapabilities_v1_t),
    LAYOUT(nvmlPdi_v1_t),
    LAYOUT(nvmlPlatformInfo_v2_t),
    LAYOUT(nvmlSystemDriverBranchInfo_v1_t),
    LAYOUT(nvmlBridgeChipHierarchy_t),
    LAYOUT(nvmlC2cModeInfo_v1_t),
    LAYOUT(nvmlDeviceAddressingMode_v1_t),
    LAYOUT(nvmlRepairStatus_v1_t),
    LAYOUT(nvmlClkMonStatus_t),
    LAYOUT(nvmlEccErrorCounts_t),
    LAYOUT(nvmlEccSramErrorStatus_v1_t),
    LAYOUT(nvmlRowRemapperHistogramValues_t),
    LAYOUT(nvmlRemappedRowsInfo_v2_t),
    LAYOUT(nvmlGpuFabricInfo_t),
    LAYOUT(nvmlGpuFabricInfo_v3_t),
    LAYOUT(nvmlNvLinkInfo_v1_t),
    LAYOUT(nvmlProcessInfo_v1_t),
    LAYOUT(nvmlProcessInfo_v2_t),
    LAYOUT(nvmlProcessDetail_v1_t),
    LAYOUT(nvmlProcessDetailList_v1_t),
    LAYOUT(nvmlProcessUtilizationSample_t),
    LAYOUT(nvmlProcessUtilizationInfo_v1_t),
    LAYOUT(nvmlProcessesUtilizationInfo_v1_t),
    LAYOUT(nvmlAccountingStats_t),
    LAYOUT(nvmlEncoderSessionInfo_t),
    LAYOUT(nvmlFBCStats_t),
    LAYOUT(nvmlEventData_t),
    LAYOUT(nvmlSystemEventSetCreateRequest_v1_t),
    LAYOUT(nvmlSystemEventSetWaitRequest_v1_t),
    LAYOUT(nvmlSystemRegisterEventRequest_v1_t),
    LAYOUT(nvmlGpmSupport_t),
    LAYOUT(nvmlGpmMetric_t),
    LAYOUT(nvmlGpmMetricsGet_t),
    LAYOUT(nvmlGpuInstancePlacement_t),
    LAYOUT(nvmlGpuInstanceInfo_t),
    LAYOUT(nvmlComputeInstanceInfo_t),
    LAYOUT(nvmlGpuInstanceProfileInfo_t),
    LAYOUT(nvmlGpuInstanceProfileInfo_v2_t),
    LAYOUT(nvmlGpuInstanceProfileInfo_v3_t),
    LAYOUT(nvmlComputeInstanceProfileInfo_t),
    LAYOUT(nvmlComputeInstanceProfileInfo_v2_t),
    LAYOUT(nvmlComputeInstanceProfileInfo_v3_t),
};

struct Offset {
  const char* type;
  const char* field;
  std::size_t bytes;
};

#define OFFSET(type, field) \
  Offset { #type, #field, offsetof(type, field) }

const Offset kOffsets[] = {
    OFFSET(nvmlPciInfo_t, pciDeviceId),
    OFFSET(nvmlPciInfo_t, busId),
    OFFSET(nvmlMemory_v2_t, reserved),
    OFFSET(nvmlMemory_v2_t, used),
    OFFSET(nvmlFieldValue_t, scopeId),
    OFFSET(nvmlFieldValue_t, timestamp),
    OFFSET(nvmlFieldValue_t, valueType),
    OFFSET(nvmlFieldValue_t, nvmlReturn),
    OFFSET(nvmlFieldValue_t, value),
    OFFSET(nvmlProcessInfo_v2_t, gpuInstanceId),
    OFFSET(nvmlProcessDetailList_v1_t, procArray),
    OFFSET(nvmlProcessUtilizationSample_t, smUtil),
    OFFSET(nvmlEncoderSessionInfo_t, averageFps),
    OFFSET(nvmlEventData_t, eventData),
    OFFSET(nvmlEventData_t, gpuInstanceId),
    OFFSET(nvmlGpmMetricsGet_t, metrics),
    OFFSET(nvmlGpmMetric_t, value),
    OFFSET(nvmlGpuInstanceProfileInfo_v2_t, name),
    OFFSET(nvmlGpuInstanceProfileInfo_v3_t, name),
    OFFSET(nvmlComputeInstanceProfileInfo_v2_t, name),
    OFFSET(nvmlComputeInstanceInfo_t, placement),
    OFFSET(nvmlEccSramErrorStatus_v1_t, aggregateUncBucketOther),
    OFFSET(nvmlGpuFabricInfo_v3_t, healthMask),
    OFFSET(nvmlPowerValue_v2_t, powerValueMw),
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
