#include "accel/lspci.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace accel {
namespace {

constexpr std::string_view kDesktop =
    "00:00.0 Host bridge [0600]: Intel Corporation 11th Gen Core Host Bridge [8086:9a14] (rev 01)\n"
    "01:00.0 VGA compatible controller [0300]: NVIDIA Corporation AD102 [GeForce RTX 4090] "
    "[10de:2684] (rev a1)\n"
    "02:00.0 Display controller [0380]: Advanced Micro Devices, Inc. [AMD/ATI] Navi 21 "
    "[Radeon RX 6800/6800 XT / 6900 XT] [1002:73bf] (rev c3)\n"
    "04:00.0 Ethernet controller [0200]: Realtek Semiconductor Co., Ltd. RTL8111 [10ec:8168]\n";

TEST(Lspci, ReadsOneEntryALine) {
  const auto entries = parse_lspci(kDesktop);

  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].slot, "00:00.0");
  EXPECT_EQ(entries[0].class_name, "Host bridge");
  EXPECT_EQ(entries[0].class_code, 0x0600);
  EXPECT_EQ(entries[0].vendor_id, 0x8086);
  EXPECT_EQ(entries[0].device_id, 0x9a14);
  EXPECT_EQ(entries[1].class_name, "VGA compatible controller");
  EXPECT_EQ(entries[1].name, "NVIDIA Corporation AD102 [GeForce RTX 4090]");
  EXPECT_EQ(entries[1].vendor_id, 0x10de);
  EXPECT_EQ(entries[1].device_id, 0x2684);
  EXPECT_NE(entries[2].name.find("Navi 21"), std::string::npos);
  EXPECT_EQ(entries[2].device_id, 0x73bf);
  EXPECT_EQ(entries[3].vendor_id, 0x10ec);
}

TEST(Lspci, KnowsAcceleratorsByTheirClass) {
  const auto entries = parse_lspci(
      "0000:01:00.0 VGA compatible controller [0300]: A [10de:2684]\n"
      "0000:02:00.0 Display controller [0380]: B [1002:73bf]\n"
      "0000:03:00.0 3D controller [0302]: C [10de:2330]\n"
      "0000:03:00.1 Audio device [0403]: D [10de:22ba]\n"
      "0000:04:00.0 Ethernet controller [0200]: E [10ec:8168]\n");

  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(std::ranges::count_if(entries, &LspciEntry::is_accelerator), 3);
}

TEST(Lspci, CountsProcessingAcceleratorsAsWell) {
  const auto entries = parse_lspci("65:00.0 Processing accelerators [1200]: Habana [1da3:1020]\n");

  ASSERT_EQ(entries.size(), 1U);
  EXPECT_TRUE(entries[0].is_accelerator());
}

TEST(Lspci, FindsNothingInAnEmptyOrForeignText) {
  EXPECT_TRUE(parse_lspci("").empty());
  EXPECT_TRUE(parse_lspci("\n\n").empty());
  EXPECT_TRUE(parse_lspci("lspci: command not found\n").empty());
  EXPECT_TRUE(parse_lspci("pcilib: Cannot open /proc/bus/pci [0300]: x [10de:2684]").empty());
  EXPECT_TRUE(parse_lspci("01:00.0 VGA compatible controller: NVIDIA Corporation AD102").empty());
}

TEST(Lspci, PassesOverALineThatIsCutOff) {
  const auto entries = parse_lspci(
      "01:00.0 VGA compatible controller [0300]: NVIDIA Corporation AD102 [10de:26\n"
      "02:00.0 VGA compatible controller [0300]: B [1002:73bf]");

  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].slot, "02:00.0");
}

}  // namespace
}  // namespace accel
