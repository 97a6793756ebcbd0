// The files of other vendors' cards: that they are there, in the kernel's form, and move with load.
#include <gtest/gtest.h>

#include "unit/sim/card_node.hpp"

namespace accel::sim {
namespace {

using testing::arc;
using testing::CardNode;
using testing::instinct;
using testing::radeon;

constexpr const char* kHwmon = "hwmon/hwmon2/";

std::string sensor(const char* name) { return std::string(kHwmon) + name; }

TEST(Cards, ShowARadeonAsItsDriverDoes) {
  const CardNode node(radeon());

  EXPECT_EQ(node.read(sensor("name")), "amdgpu\n");
  EXPECT_EQ(node.read(sensor("temp2_label")), "junction\n");
  EXPECT_EQ(node.read("gpu_busy_percent"), "50\n");
  EXPECT_EQ(node.read("mem_info_vram_total"), std::to_string(24LL << 30) + '\n');
  EXPECT_EQ(node.read(sensor("power1_cap")), "300000000\n");
  EXPECT_EQ(node.read("pp_dpm_sclk"), "0: 500Mhz \n1: 2500Mhz *\n");
  EXPECT_EQ(node.read("pp_dpm_mclk"), "0: 100Mhz \n1: 750Mhz \n2: 1250Mhz *\n");
  EXPECT_EQ(node.read("power_dpm_force_performance_level"), "auto\n");
  EXPECT_EQ(node.read("class"), "0x030000\n");
  EXPECT_TRUE(node.has("/sys/class/drm/card0/device/gpu_metrics"));
  EXPECT_TRUE(node.has("/dev/dri/renderD128"));
  EXPECT_NE(node.read("/usr/share/libdrm/amdgpu.ids").find("744C,\t00,\tTest Radeon\n"),
            std::string::npos);
}

TEST(Cards, GiveTheMetricsTableItsSizeAndRevision) {
  const std::string table = CardNode(radeon()).read("gpu_metrics");
  ASSERT_EQ(table.size(), 120U);
  EXPECT_EQ(table.substr(0, 4), std::string("\x78\x00\x01\x03", 4));
  EXPECT_EQ(table[16], 50) << "average_gfx_activity";
  EXPECT_EQ(table.substr(88, 8), std::string(8, '\xFF')) << "no HBM";

  const std::string big = CardNode(instinct()).read("gpu_metrics");
  ASSERT_EQ(big.size(), 2208U);
  EXPECT_EQ(big.substr(0, 4), std::string("\xA0\x08\x01\x07", 4));
}

TEST(Cards, MoveWithTheirLoad) {
  CardNode node(radeon("kind = \"square\"\nlow = 0.0\nhigh = 0.9\nperiod = \"200s\""));
  node.pass(1);
  const long busy = node.number("gpu_busy_percent");
  const long power = node.number(sensor("power1_average"));

  node.pass(150);

  EXPECT_EQ(busy, 90);
  EXPECT_EQ(node.number("gpu_busy_percent"), 0);
  EXPECT_LT(node.number(sensor("power1_average")), power / 4);
  EXPECT_EQ(node.read(sensor("freq1_input")), "50000000\n");
  EXPECT_EQ(node.read("pp_dpm_sclk"), "0: 500Mhz \n1: 50Mhz *\n2: 2500Mhz \n");
}

TEST(Cards, KeepStillBetweenTwoLooksAtOneMoment) {
  CardNode node(radeon());
  node.pass(5);
  const std::string before = node.read("gpu_metrics");
  node.pass(0);
  EXPECT_EQ(node.read("gpu_metrics"), before);
}

TEST(Cards, ShowAnInstinctWithItsHiveAndItsNodes) {
  const CardNode node(instinct());

  EXPECT_FALSE(node.has(sensor("temp1_input"))) << "no edge sensor";
  EXPECT_FALSE(node.has(sensor("fan1_input")));
  EXPECT_TRUE(node.has(sensor("power1_input")));
  EXPECT_EQ(node.read("class"), "0x120000\n");
  EXPECT_EQ(node.read("current_compute_partition"), "SPX\n");
  EXPECT_EQ(node.read("/sys/class/kfd/kfd/topology/nodes/0/gpu_id"), "0\n");
  const std::string first = node.read("/sys/class/kfd/kfd/topology/nodes/1/properties");
  EXPECT_NE(first.find("gfx_target_version 90402\n"), std::string::npos) << first;
  EXPECT_NE(first.find("location_id 1280\n"), std::string::npos) << first;
  const std::string link = node.read("/sys/class/kfd/kfd/topology/nodes/1/io_links/1/properties");
  EXPECT_EQ(link.rfind("type 11\n", 0), 0U) << link;
  EXPECT_NE(link.find("node_to 2\n"), std::string::npos);
}

TEST(Cards, HaveNodesForEveryPartitionThatTheyCanHave) {
  const CardNode node(instinct());

  const auto leads_to = [&](const char* name) {
    return std::filesystem::canonical(node.root() + "/sys/class/drm/" + name + "/device")
        .filename()
        .string();
  };
  EXPECT_EQ(leads_to("renderD128"), "0000:05:00.0") << "the first partition has that of the GPU";
  EXPECT_EQ(leads_to("renderD129"), "amdgpu_xcp_0");
  EXPECT_EQ(leads_to("renderD135"), "amdgpu_xcp_6");
  EXPECT_EQ(leads_to("renderD136"), "0000:26:00.0");
  EXPECT_EQ(leads_to("card15"), "amdgpu_xcp_13");
  EXPECT_FALSE(node.has("/dev/dri/renderD144"));
}

TEST(Cards, StandBehindTheirOwnSwitch) {
  const CardNode node(arc());
  const auto card = std::filesystem::canonical(node.device());

  EXPECT_EQ(node.read("current_link_speed"), "2.5 GT/s PCIe\n");
  EXPECT_EQ(node.read("current_link_width"), "1\n");
  const auto upstream = card.parent_path().parent_path();
  EXPECT_EQ(upstream.filename(), "0000:07:00.0");
  EXPECT_EQ(node.read("/sys/bus/pci/devices/0000:07:00.0/current_link_width"), "8\n");
  EXPECT_EQ(node.read("/sys/bus/pci/devices/0000:07:00.0/vendor"), "0x8086\n");
}

TEST(Cards, ShowTheFilesOfXe) {
  CardNode node(arc());
  node.pass(1);
  const long before = node.number(sensor("energy1_input"));
  node.pass(10);

  EXPECT_FALSE(node.has(sensor("temp1_input"))) << "xe has none";
  EXPECT_EQ(node.read("tile0/gt0/freq0/rp0_freq"), "2800\n");
  EXPECT_EQ(node.read("tile0/gt0/freq0/throttle/reasons"), "none\n");
  EXPECT_GT(node.number("tile0/gt0/freq0/act_freq"), 400);
  const double watts = static_cast<double>(node.number(sensor("energy1_input")) - before) / 10e6;
  EXPECT_NEAR(watts, node.card().gpu.power_mw / 1000, 5);
}

TEST(Cards, ShowTheFilesOfI915OnTheCard) {
  const CardNode node(arc("i915"));

  EXPECT_EQ(node.read("/sys/class/drm/card0/gt/gt0/rps_RP0_freq_mhz"), "2800\n");
  EXPECT_EQ(node.read("/sys/class/drm/card0/gt_max_freq_mhz"), "2800\n");
  EXPECT_EQ(node.read("/sys/class/drm/card0/gt/gt0/throttle_reason_pl1"), "0\n");
  EXPECT_TRUE(node.has(sensor("temp1_input")));
}

TEST(Cards, OfAProcessorHaveNoSensorsAndNoLink) {
  const CardNode node(R"(
[[card]]
driver = "xe"
name = "Test iGPU"
addresses = ["0000:00:02.0"]
integrated = true
pci_device = 0x7d518086
[card.clocks]
graphics_min = 100
graphics_max = 2300
graphics_idle = 100
memory = [4266]
)");

  EXPECT_EQ(node.read("current_link_speed"), "Unknown\n");
  EXPECT_EQ(node.read("current_link_width"), "0\n");
  EXPECT_FALSE(node.has("hwmon"));
  EXPECT_EQ(node.read("tile0/gt0/freq0/act_freq"), "0\n") << "idle";
}

TEST(Cards, OfAProcessorTellOfItsNeuralEngineInTheTableOfItsGpu) {
  CardNode node(testing::ryzen_ai("kind = \"square\"\nlow = 0.0\nhigh = 0.6\nperiod = \"100s\""));
  node.pass(5);
  const std::string busy = node.read("gpu_metrics");
  node.pass(60);
  const std::string idle = node.read("gpu_metrics");

  ASSERT_EQ(busy.size(), 264U);
  EXPECT_EQ(busy.substr(0, 4), std::string("\x08\x01\x03\x00", 4));
  EXPECT_EQ(busy[46], 60) << "average_ipu_activity of the first column, percent";
  EXPECT_EQ(busy.substr(180, 2), std::string("\xF3\x04", 2))
      << "average_ipuclk_frequency, 1267 MHz";
  EXPECT_EQ(idle[46], 0);
  EXPECT_EQ(idle.substr(180, 2), std::string(2, '\0'));
  EXPECT_EQ(node.read("vbnv", 1), "RyzenAI-npu4\n");
  EXPECT_EQ(node.read("/sys/class/accel/accel0/device/fw_version"), "1.0.0.63\n");
}

TEST(Cards, OfAmdInAProcessorLackWhatIsOfACard) {
  const CardNode node(testing::ryzen_ai());

  EXPECT_EQ(node.read("pp_dpm_pcie"), "\n");
  EXPECT_EQ(node.read("current_link_speed"), "16.0 GT/s PCIe\n") << "as recorded of a Phoenix";
  EXPECT_EQ(node.read("unique_id"), "");
  EXPECT_EQ(node.read("vcn_busy_percent"), "0\n");
  for (const char* file : {"power1_cap", "temp2_input", "temp1_crit", "fan1_input", "pwm1"}) {
    EXPECT_FALSE(node.has(sensor(file))) << file;
  }
  EXPECT_EQ(node.read("pp_od_clk_voltage").substr(0, 43),
            "OD_SCLK:\n0:        800Mhz\n1:       2900Mhz\n");
}

TEST(Cards, AreCountedWithAllDevicesInTheOrderOfTheBus) {
  const CardNode node("[gpu]" + testing::product_keys() + testing::product_tables() + R"(
[[card]]
driver = "vfio-pci"
name = "Test"
addresses = ["0000:00:02.0"]
pci_device = 0x00631ae0
)");

  EXPECT_TRUE(selects("0", node.card().gpu));
  EXPECT_TRUE(selects("GPU1", gpus_of(node.node())[0]));
  EXPECT_EQ(gpus_of(node.node())[0].index, 0U) << "as NVML counts";
}

TEST(Cards, OfOtherVendorsHaveTheNodesOfTheirClasses) {
  const std::string places = "\nname = \"x\"\npci_device = 0x10201da3\naddresses = [\"0000:";
  const std::string clocks =
      "[card.clocks]\ngraphics_min = 200\ngraphics_max = 1650\ngraphics_idle = 200\n"
      "memory = [1600]\n";
  const std::string power =
      "[card.power]\nmin = \"1 W\"\nmax = \"600 W\"\ndefault = \"600 W\"\nidle = \"0.5 W\"\n"
      "full = \"640 W\"\n";
  const std::string thermal =
      "[card.thermal]\nresistance = 0.1\nshutdown = 100\nslowdown = 95\ngpu_max = 85\n";
  const CardNode node("[[card]]\ndriver = \"habanalabs\"" + places + "91:00.0\"]\n" + power +
                      clocks + "[[card]]\ndriver = \"apex\"" + places + "a1:00.0\"]\n" + power +
                      thermal + "[[card]]\ndriver = \"vfio-pci\"" + places + "b1:00.0\"]\n" +
                      "[[card]]\ndriver = \"intel_vpu\"" + places + "c1:00.0\"]\n" + clocks +
                      "[[card]]\ndriver = \"amdxdna\"" + places +
                      "d1:00.0\"]\nkind = \"RyzenAI\"\n");

  EXPECT_EQ(node.read("status", 0), "Operational\n");
  EXPECT_EQ(node.read("max_power", 0), "600000\n");
  EXPECT_TRUE(node.has("/dev/accel/accel_controlD0"));
  EXPECT_TRUE(node.has("/sys/class/apex/apex_0/temp"));
  EXPECT_EQ(node.number("/sys/class/apex/apex_0/temp") % 250, 0);
  EXPECT_EQ(std::filesystem::read_symlink(node.device(2) + "iommu_group").filename(), "16");
  EXPECT_TRUE(node.has("/dev/vfio/16"));
  EXPECT_EQ(node.read("npu_max_frequency_mhz", 3), "1650\n");
  EXPECT_EQ(node.read("vbnv", 4), "RyzenAI\n");
  EXPECT_NE(node.read("/sys/class/accel/accel2/uevent").find("DEVNAME=accel/accel2"),
            std::string::npos);
}

TEST(Cards, ThatSleepSayThatFirst) {
  CardNode node(radeon("high = 0.5", "suspended = true\n"));
  node.pass(60);

  EXPECT_EQ(node.read("power/runtime_status"), "suspended\n");
  EXPECT_EQ(node.read("power/control"), "auto\n");
  EXPECT_EQ(node.read("gpu_busy_percent"), "0\n");
}

constexpr const char* kPrograms = R"(
[[process]]
name = "blender"
pid = 4000
memory = "2 GiB"
type = "graphics"
share = 0.5
cards = [0]
[[process]]
name = "python3"
pid = 4001
memory = "3 GiB"
cards = [0]
)";

TEST(Cards, TellOfTheirProgramsInTheProgramsOpenFiles) {
  CardNode node(radeon() + kPrograms);
  node.pass(10);
  const std::string before = node.read("/proc/4000/fdinfo/20");
  node.pass(10);
  const std::string after = node.read("/proc/4000/fdinfo/20");

  const auto nanoseconds = [](const std::string& text) {
    const std::string key = "drm-engine-gfx:\t";
    return std::stol(text.substr(text.find(key) + key.size()));
  };
  EXPECT_EQ(std::filesystem::read_symlink(node.root() + "/proc/4000/fd/20"), "/dev/dri/renderD128");
  EXPECT_NE(after.find("drm-pdev:\t0000:03:00.0\n"), std::string::npos);
  EXPECT_NE(after.find("drm-total-vram:\t2097152 KiB\n"), std::string::npos);
  EXPECT_NEAR(static_cast<double>(nanoseconds(after) - nanoseconds(before)), 2.5e9, 1e8)
      << "half of a card that is half busy";
  EXPECT_EQ(node.read("/proc/4001/fdinfo/20").find("drm-engine-gfx"), std::string::npos)
      << "compute queues are no engine";
  EXPECT_EQ(node.read("/proc/4001/comm"), "python3\n");
}

TEST(Cards, TellKfdOfTheProgramsThatCompute) {
  CardNode node(radeon() + kPrograms);
  const std::string id =
      std::to_string(std::stol(node.read("/sys/class/kfd/kfd/topology/nodes/1/gpu_id")));
  node.pass(10);

  EXPECT_EQ(node.read("/sys/class/kfd/kfd/proc/4001/vram_" + id), std::to_string(3LL << 30) + '\n');
  EXPECT_EQ(node.read("/sys/class/kfd/kfd/proc/4001/stats_" + id + "/cu_occupancy"), "48\n")
      << "of 96 units of a card that is half busy";
  EXPECT_FALSE(node.has("/sys/class/kfd/kfd/proc/4000"));
}

}  // namespace
}  // namespace accel::sim
