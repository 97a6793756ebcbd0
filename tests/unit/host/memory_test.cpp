#include <gtest/gtest.h>

#include "accel/host.hpp"
#include "dmi_bytes.hpp"
#include "host_trees.hpp"
#include "support/as_nobody.hpp"

namespace accel::host {
namespace {

using accel::testing::as_nobody;
using accel::testing::DmiBytes;
using accel::testing::FakeTree;
using accel::testing::machine_at;

constexpr const char* kTables = "sys/firmware/dmi/tables/DMI";

void add_meminfo(FakeTree& tree) {
  tree.file("proc/meminfo",
            "MemTotal:       24684092 kB\nMemFree:        24255252 kB\n"
            "MemAvailable:   24318024 kB\nBuffers:            1124 kB\n"
            "SwapTotal:       8388604 kB\nSwapFree:              0 kB\n");
}

TEST(Memory, CountsKernelKilobytesAs1024) {
  FakeTree tree;
  add_meminfo(tree);

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.total.optional(), bytes(25'276'510'208));
  EXPECT_EQ(memory.free.optional(), bytes(24'837'378'048));
  EXPECT_EQ(memory.available.optional(), bytes(24'901'656'576));
  EXPECT_EQ(memory.swap_total.optional(), bytes(8'589'930'496));
  EXPECT_EQ(memory.swap_free.optional(), bytes(0)) << "full swap is a fact, not an absence";
}

TEST(Memory, MissesOneLineWithoutHidingTheOthers) {
  FakeTree tree;
  tree.file("proc/meminfo", "MemTotal:  100 kB\nMemFree:  nonsense kB\nSwapTotal: 5\n");

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.total.optional(), kibibytes(100));
  EXPECT_EQ(memory.free.status(), ReadingStatus::error);
  EXPECT_EQ(memory.available.status(), ReadingStatus::unsupported);
  EXPECT_EQ(memory.swap_total.status(), ReadingStatus::error) << "no unit";
}

TEST(Memory, ReadsModulesFromTheFirmware) {
  FakeTree tree;
  tree.file(kTables, DmiBytes()
                         .memory_array(6)
                         .ddr5("DIMM_A1", "P0 CHANNEL A", 32768, 4800)
                         .ddr5("DIMM_B1", "P0 CHANNEL B", 32768, 4400)
                         .ddr5("DIMM_C1", "P0 CHANNEL C", 0, 0)
                         .end());

  const auto memory = host::memory(machine_at(tree));
  ASSERT_EQ(memory.modules.size(), 2U) << "the empty socket is no module";
  EXPECT_EQ(memory.modules[0].slot, "DIMM_A1");
  EXPECT_EQ(memory.modules[0].bank, "P0 CHANNEL A");
  EXPECT_EQ(memory.modules[0].size.optional(), mebibytes(32768));
  EXPECT_EQ(memory.modules[0].type.optional(), "DDR5");
  EXPECT_EQ(memory.modules[0].speed_mts.optional(), 5600);
  EXPECT_EQ(memory.modules[0].configured_speed_mts.optional(), 4800);
  EXPECT_EQ(memory.modules[0].manufacturer.optional(), "Samsung");
  EXPECT_EQ(memory.modules[0].part_number.optional(), "M321R4GA3BB6-CQKET");
  EXPECT_EQ(memory.type.optional(), "DDR5");
  EXPECT_EQ(memory.speed_mts.optional(), 4400) << "of the slowest";
  EXPECT_EQ(memory.channels.optional(), 2);
  EXPECT_EQ(memory.error_correction.optional(), "multi-bit ECC");
}

TEST(Memory, DoesNotCountChannelsThatTheFirmwareDoesNotName) {
  FakeTree tree;
  tree.file(kTables, DmiBytes().ddr5("DIMM 0", "BANK 0", 8192, 4800).end());

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.modules.size(), 1U);
  EXPECT_EQ(memory.channels.status(), ReadingStatus::unsupported);
}

TEST(Memory, OfUnreadableFirmwareTablesLacksPermissionAndNamesTheRemedy) {
  FakeTree tree;
  add_meminfo(tree);
  tree.file(kTables, DmiBytes().ddr5("A", "B", 8192, 4800).end());
  std::filesystem::permissions(tree.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree.root() / kTables, std::filesystem::perms(0400));
  const auto machine = machine_at(tree);

  EXPECT_EQ(as_nobody([&] {
              const auto memory = host::memory(machine);
              return memory.type.status() == ReadingStatus::no_permission &&
                     memory.speed_mts.status() == ReadingStatus::no_permission &&
                     memory.channels.status() == ReadingStatus::no_permission &&
                     memory.type.remedy().find("CAP_DAC_READ_SEARCH") != std::string::npos &&
                     memory.total.has_value() && memory.modules.empty();
            }),
            1);
}

TEST(Memory, ReadsUdevsCopyWhereTheTablesAreClosed) {
  FakeTree tree;
  tree.file(kTables, "")
      .file("run/udev/data/+dmi:id",
            "I:1\nE:MEMORY_ARRAY_NUM_DEVICES=2\n"
            "E:MEMORY_DEVICE_0_SIZE=17179869184\n"
            "E:MEMORY_DEVICE_0_LOCATOR=ChannelA-DIMM0\n"
            "E:MEMORY_DEVICE_0_BANK_LOCATOR=BANK 0\n"
            "E:MEMORY_DEVICE_0_TYPE=DDR4\n"
            "E:MEMORY_DEVICE_0_SPEED_MTS=3200\n"
            "E:MEMORY_DEVICE_0_CONFIGURED_SPEED_MTS=2933\n"
            "E:MEMORY_DEVICE_0_MANUFACTURER=Micron\n"
            "E:MEMORY_DEVICE_1_PRESENT=0\n"
            "E:MEMORY_DEVICE_1_LOCATOR=ChannelB-DIMM0\n");

  const auto memory = host::memory(machine_at(tree));
  ASSERT_EQ(memory.modules.size(), 1U);
  EXPECT_EQ(memory.modules[0].size.optional(), mebibytes(16384));
  EXPECT_EQ(memory.type.optional(), "DDR4");
  EXPECT_EQ(memory.speed_mts.optional(), 2933);
  EXPECT_EQ(memory.channels.optional(), 1);
  EXPECT_NE(memory.type.source().find("+dmi:id"), std::string::npos);
  EXPECT_EQ(memory.modules[0].part_number.status(), ReadingStatus::unsupported);
}

TEST(Memory, DoesNotTakeUdevsPlaceholderForAType) {
  FakeTree tree;
  tree.file("run/udev/data/+dmi:id",
            "E:MEMORY_DEVICE_0_SIZE=17179869184\nE:MEMORY_DEVICE_0_TYPE=<OUT OF SPEC>\n"
            "E:MEMORY_DEVICE_0_SPEED_MTS=65535\n");

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.type.status(), ReadingStatus::unsupported);
  EXPECT_EQ(memory.speed_mts.status(), ReadingStatus::unsupported);
}

TEST(Memory, SumsErrorsOverControllersAndCountsPopulatedChannels) {
  FakeTree tree;
  const std::string mc = "sys/devices/system/edac/mc/";
  tree.file(mc + "mc0/ce_count", "3\n")
      .file(mc + "mc0/ue_count", "0\n")
      .file(mc + "mc1/ce_count", "4\n")
      .file(mc + "mc1/ue_count", "1\n")
      .file(mc + "mc0/dimm0/dimm_location", "channel 0 slot 0 \n")
      .file(mc + "mc0/dimm0/size", "32768\n")
      .file(mc + "mc0/dimm1/dimm_location", "channel 0 slot 1 \n")
      .file(mc + "mc0/dimm1/size", "32768\n")
      .file(mc + "mc1/dimm0/dimm_location", "channel 0 slot 0 \n")
      .file(mc + "mc1/dimm0/size", "32768\n")
      .file(mc + "mc1/dimm2/dimm_location", "channel 1 slot 0 \n")
      .file(mc + "mc1/dimm2/size", "0\n");

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.ecc_corrected.optional(), 7);
  EXPECT_EQ(memory.ecc_uncorrected.optional(), 1);
  EXPECT_EQ(memory.channels.optional(), 2);
}

TEST(Memory, HasNoErrorCountWhenOneControllerIsSilent) {
  FakeTree tree;
  const std::string mc = "sys/devices/system/edac/mc/";
  tree.file(mc + "mc0/ce_count", "3\n")
      .file(mc + "mc0/ue_count", "0\n")
      .file(mc + "mc1/ue_count", "0\n");

  const auto memory = host::memory(machine_at(tree));
  EXPECT_FALSE(memory.ecc_corrected);
  EXPECT_NE(memory.ecc_corrected.reason().find("mc1/ce_count"), std::string::npos);
  EXPECT_EQ(memory.ecc_uncorrected.optional(), 0);
}

TEST(Memory, WithoutErrorCorrectionCountsNothingRatherThanZero) {
  const FakeTree tree;

  const auto memory = host::memory(machine_at(tree));
  EXPECT_EQ(memory.ecc_corrected.status(), ReadingStatus::unsupported);
  EXPECT_FALSE(memory.ecc_corrected.remedy().empty());
}

TEST(Memory, ListsTwoPersistentRegionsApart) {
  FakeTree tree;
  add_meminfo(tree);
  const std::string nd = "sys/bus/nd/devices/";
  tree.file(nd + "region0/size", "135291469824\n")
      .file(nd + "region1/size", "135291469824\n")
      .file(nd + "namespace0.0/size", "133175443456\n")
      .file(nd + "nmem0/state", "idle\n");

  const auto memory = host::memory(machine_at(tree));
  ASSERT_EQ(memory.persistent.size(), 2U);
  EXPECT_EQ(memory.persistent[0].name, "region0");
  EXPECT_EQ(memory.persistent[1].kind, "nvdimm");
  EXPECT_EQ(memory.persistent[1].size.optional(), bytes(135'291'469'824));
  EXPECT_EQ(memory.total.optional(), bytes(25'276'510'208)) << "not added to the total";
}

TEST(Memory, SplitsACxlDeviceIntoItsParts) {
  FakeTree tree;
  tree.file("sys/bus/cxl/devices/mem0/ram/size", "0x4000000000\n")
      .file("sys/bus/cxl/devices/mem0/pmem/size", "0x0\n")
      .file("sys/bus/cxl/devices/root0/uevent", "\n");

  const auto memory = host::memory(machine_at(tree));
  ASSERT_EQ(memory.persistent.size(), 1U);
  EXPECT_EQ(memory.persistent[0].kind, "cxl");
  EXPECT_EQ(memory.persistent[0].size.optional(), bytes(0));
  EXPECT_EQ(memory.persistent[0].volatile_size.optional(), bytes(274'877'906'944));
}

}  // namespace
}  // namespace accel::host
