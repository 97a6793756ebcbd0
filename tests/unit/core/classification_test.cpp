#include <gtest/gtest.h>

#include "core/pci/ids.hpp"

namespace accel::pci {
namespace {

constexpr std::uint32_t kProcessingAccelerator = 0x120000;
constexpr std::uint32_t kNetworkCard = 0x020000;

Classification of(std::uint16_t vendor, std::uint16_t device, std::uint32_t class_code,
                  std::uint16_t subsystem = 0) {
  return classify({vendor, device, vendor, subsystem, class_code, 0});
}

TEST(Classification, TakesDisplaysOfEveryKindForGpus) {
  for (const std::uint32_t class_code : {0x030000U, 0x030200U, 0x038000U}) {
    const auto kind = of(0x10de, 0x2330, class_code);
    EXPECT_TRUE(kind.is_accelerator);
    EXPECT_EQ(kind.type, DeviceType::gpu);
    EXPECT_EQ(kind.vendor, "NVIDIA");
  }
}

TEST(Classification, NeverGoesByTheVendorAlone) {
  for (const int vendor : {0x1022, 0x8086, 0x10de, 0x17cb, 0x19e5, 0x1ae0, 0x1d0f}) {
    EXPECT_FALSE(of(static_cast<std::uint16_t>(vendor), 0x0001, kNetworkCard).is_accelerator)
        << vendor;
  }
  EXPECT_FALSE(of(0x10de, 0x22ba, 0x040300).is_accelerator) << "a GPU's own sound card";
  EXPECT_FALSE(of(0x1002, 0x1478, 0x060400).is_accelerator) << "a GPU's own bridge";
}

TEST(Classification, ListsAProcessingAcceleratorOfAnUnknownVendor) {
  const auto kind = of(0xabcd, 0x0001, kProcessingAccelerator);
  EXPECT_TRUE(kind.is_accelerator);
  EXPECT_EQ(kind.type, DeviceType::other);
  EXPECT_EQ(kind.vendor, "PCI abcd");
}

TEST(Classification, GuessesNoTypeWhereAVendorMakesSeveral) {
  EXPECT_EQ(of(0x8086, 0x0b30, kProcessingAccelerator).type, DeviceType::other) << "an FPGA";
  EXPECT_EQ(of(0x8086, 0x56a0, 0x030000).type, DeviceType::gpu);
}

TEST(Classification, KnowsTheVendorsOfListedDevicesWhateverTheirClass) {
  struct Row {
    std::uint16_t vendor, device;
    std::uint32_t class_code;
    std::string_view name;
    DeviceType type;
  };
  const Row rows[] = {
      {0x1ae0, 0x005e, 0x088000, "Google", DeviceType::tpu},
      {0x1de0, 0x0000, kProcessingAccelerator, "Groq", DeviceType::lpu},
      {0x1da3, 0x1020, kProcessingAccelerator, "Habana", DeviceType::hpu},
      {0x17cb, 0xa100, kProcessingAccelerator, "Qualcomm", DeviceType::npu},
      {0x8086, 0x643e, kProcessingAccelerator, "Intel", DeviceType::npu},
      {0x1022, 0x1502, 0x118000, "AMD", DeviceType::npu},
      {0x1e52, 0x401e, kProcessingAccelerator, "Tenstorrent", DeviceType::npu},
      {0x1ed2, 0x0001, kProcessingAccelerator, "FuriosaAI", DeviceType::npu},
      {0x1eff, 0x1220, kProcessingAccelerator, "Rebellions", DeviceType::npu},
      {0x19e5, 0xd801, kProcessingAccelerator, "Huawei", DeviceType::npu},
      {0x1ac1, 0x089a, 0x088000, "Google", DeviceType::tpu},
      {0x1e60, 0x2864, 0x0b4000, "Hailo", DeviceType::npu},
  };
  for (const Row& row : rows) {
    const auto kind = of(row.vendor, row.device, row.class_code);
    EXPECT_TRUE(kind.is_accelerator) << row.name;
    EXPECT_EQ(kind.vendor, row.name);
    EXPECT_EQ(kind.type, row.type) << row.name;
  }
}

TEST(Classification, KnowsTheGenerationsOfTpus) {
  EXPECT_EQ(of(0x1ae0, 0x0027, 0x088000, 0x004e).model, "TPU v2");
  EXPECT_EQ(of(0x1ae0, 0x0027, 0x088000, 0x004f).model, "TPU v3");
  EXPECT_EQ(of(0x1ae0, 0x005e, 0x088000).model, "TPU v4");
  EXPECT_EQ(of(0x1ae0, 0x0063, 0x088000).model, "TPU v5e");
  EXPECT_EQ(of(0x1ae0, 0x0062, 0x088000).model, "TPU v5p");
  EXPECT_EQ(of(0x1ae0, 0x006f, 0x088000).model, "TPU v6e");
  EXPECT_EQ(of(0x1ae0, 0x0076, 0x088000).model, "TPU7x");
}

TEST(Classification, LeavesTheModelToOthersWhereOnlyTheClassIsKnown) {
  EXPECT_EQ(of(0x10de, 0x2330, 0x030200).model, "");
}

}  // namespace
}  // namespace accel::pci
