#include "backends/amd/identity.hpp"

#include <gtest/gtest.h>

#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using testing::CardTree;

class AmdIdentity : public ::testing::Test {
 protected:
  AmdIdentity() : card_(tree_.add()) {}
  void file(const std::string& name, const std::string& text) {
    tree_.files.file(card_ / name, text);
  }
  AcceleratorInfo info() {
    system_ = tree_.system();
    return *system_->devices().at(0);
  }
  static const ExtraValue* extra(const AcceleratorInfo& info, std::string_view key) {
    for (const auto& [name, value] : info.extra) {
      if (name == key) return &value;
    }
    return nullptr;
  }

  CardTree tree_;
  std::filesystem::path card_;
  std::unique_ptr<System> system_;
};

TEST_F(AmdIdentity, IsTheNumberOfTheChip) {
  file("unique_id", "946d7e1ef9b172dd\n");

  EXPECT_EQ(info().uuid, "GPU-946d7e1ef9b172dd");
}

TEST_F(AmdIdentity, IsThePlaceOnTheBusWhereTheChipHasNoNumber) {
  file("unique_id", "");

  EXPECT_EQ(info().uuid, "PCI-0000:03:00.0");
}

TEST_F(AmdIdentity, IsTheNumberThatTheComputeSideKnowsWhereTheFileIsMissing) {
  tree_.files.file("sys/class/kfd/kfd/topology/nodes/1/gpu_id", "7\n")
      .file("sys/class/kfd/kfd/topology/nodes/1/properties",
            "location_id 768\ndomain 0\nunique_id 255\ngfx_target_version 100300\n"
            "simd_count 160\nsimd_per_cu 2\n");

  const AcceleratorInfo found = info();

  EXPECT_EQ(found.uuid, "GPU-00000000000000ff");
  EXPECT_EQ(*found.compute_capability, "gfx1030");
  ASSERT_NE(extra(found, "compute_units"), nullptr);
  EXPECT_EQ(std::get<std::int64_t>(*extra(found, "compute_units")), 80);
}

TEST_F(AmdIdentity, TakesTheBoardsOwnNameFirst) {
  tree_.files.file("usr/share/libdrm/amdgpu.ids", "73BF,\ta1,\tAMD Radeon RX 6900 XT\n");
  EXPECT_EQ(*info().model, "AMD Radeon RX 6900 XT");

  file("product_name", "AMD Instinct MI210\n");
  EXPECT_EQ(*info().model, "AMD Instinct MI210");
}

TEST_F(AmdIdentity, SaysWhyThereIsNoModel) {
  file("product_name", "\n");

  const AcceleratorInfo found = info();

  EXPECT_FALSE(found.model);
  EXPECT_NE(found.model.reason().find("product_name is empty"), std::string::npos);
}

TEST_F(AmdIdentity, GivesFirmwareAndBoardFacts) {
  file("vbios_version", "113-D4121EXT-CO1\n");
  file("serial_number", "");
  file("fw_version/smc_fw_version", "0x003a5600\n");
  file("fw_version/uvd_fw_version", "0x00000000\n");
  file("mem_info_vram_vendor", "samsung\n");
  file("mem_info_vram_total", "17163091968\n");

  const AcceleratorInfo found = info();

  EXPECT_EQ(*found.firmware_version, "113-D4121EXT-CO1");
  EXPECT_FALSE(found.serial);
  EXPECT_EQ(*found.memory, bytes(17'163'091'968));
  ASSERT_NE(extra(found, "firmware_smc"), nullptr);
  EXPECT_EQ(extra(found, "firmware_uvd"), nullptr) << "the chip has none";
  EXPECT_NE(extra(found, "memory_vendor"), nullptr);
}

TEST_F(AmdIdentity, TellsAChipWithACpuFromACard) {
  const auto sensors = tree_.add_sensors(card_);
  EXPECT_FALSE(info().gpu_type) << "nothing tells";

  tree_.files.file(sensors / "temp1_crit", "100000\n");
  EXPECT_EQ(*info().gpu_type, GpuType::discrete);

  tree_.files.file(sensors / "in1_label", "vddnb\n");
  EXPECT_EQ(*info().gpu_type, GpuType::integrated);
}

TEST_F(AmdIdentity, NamesTheNodesThatExist) {
  EXPECT_EQ(info().device_nodes,
            (std::vector<std::string>{"/dev/dri/card0", "/dev/dri/renderD128"}));
}

TEST_F(AmdIdentity, TakesTheKernelsVersionForADriverOfItsOwnTree) {
  tree_.files.file("proc/sys/kernel/osrelease", "6.12.1\n");
  EXPECT_EQ(*info().driver_version, "6.12.1");

  tree_.files.file("sys/module/amdgpu/version", "6.8.5\n");
  EXPECT_EQ(*info().driver_version, "6.8.5");
}

TEST(MarketingNames, AreFoundByDeviceAndRevision) {
  constexpr std::string_view database =
      "# comment\n1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n744C,\tCC,\tAMD Radeon RX 7900 XT\n";

  EXPECT_EQ(marketing_name(database, 0x744c, 0xcc), "AMD Radeon RX 7900 XT");
  EXPECT_EQ(marketing_name(database, 0x744c, 0x01), "");
  EXPECT_EQ(marketing_name("744C,C8", 0x744c, 0xc8), "");
}

}  // namespace
}  // namespace accel::amd
