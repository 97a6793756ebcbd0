// The file tree of a node: formats, links, and what follows the model.
#include "tree/tree.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

using testing::TemporaryFolder;

std::string shipped(const std::string& name) {
  std::ifstream file(std::string(ACCEL_SIM_SCENARIOS) + '/' + name + ".toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Tree : public ::testing::Test {
 protected:
  void write(const std::string& text) {
    Scenario scenario;
    ASSERT_FALSE(parse_scenario(text, "x.toml", scenario));
    mapping_ =
        Mapping::create(folder_.path() + "/model", gpu_total(scenario, 0), card_total(scenario, 0));
    build_node(scenario, mapping_->node());
    const Problem problem = write_tree(scenario, mapping_->node(), root());
    ASSERT_FALSE(problem) << problem.text;
  }

  std::string root() const { return folder_.path() + "/root"; }

  std::string read(const std::string& path) const {
    std::ifstream file(root() + '/' + path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Mapping> mapping_;
};

/// Few processors, so that the tree of a big machine is made quickly.
std::string with_small_host(std::string text) {
  const std::size_t cores = text.find("cores = 56");
  if (cores != std::string::npos) text.replace(cores, 10, "cores = 2");
  return text;
}

TEST_F(Tree, DescribesAGpuAsTheKernelDoes) {
  write(with_small_host(shipped("dgx-h100")));
  const std::string device = "sys/bus/pci/devices/0000:1b:00.0/";

  EXPECT_EQ(read(device + "vendor"), "0x10de\n");
  EXPECT_EQ(read(device + "device"), "0x2330\n");
  EXPECT_EQ(read(device + "class"), "0x030200\n");
  EXPECT_EQ(read(device + "subsystem_device"), "0x16c1\n");
  EXPECT_EQ(read(device + "current_link_speed"), "32.0 GT/s PCIe\n");
  EXPECT_EQ(read(device + "current_link_width"), "16\n");
  EXPECT_EQ(read(device + "numa_node"), "0\n");
  EXPECT_EQ(read(device + "power/runtime_status"), "active\n");
  EXPECT_EQ(read(device + "config").size(), 256U);
  EXPECT_EQ(read(device + "uevent").substr(0, 14), "DRIVER=nvidia\n");
  EXPECT_EQ(read("sys/module/nvidia/version"), "580.95.05\n");
}

TEST_F(Tree, HasOnlyRelativeLinksThatLeadSomewhereInside) {
  write(with_small_host(shipped("dgx-h100")));
  const std::string base = std::filesystem::canonical(root()).string();
  int links = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root())) {
    if (!entry.is_symlink()) continue;
    ++links;
    EXPECT_TRUE(std::filesystem::read_symlink(entry.path()).is_relative()) << entry.path();
    std::error_code error;
    const auto target = std::filesystem::canonical(entry.path(), error);
    EXPECT_FALSE(error) << entry.path();
    EXPECT_EQ(target.string().substr(0, base.size()), base);
  }
  EXPECT_GT(links, 100);
}

TEST_F(Tree, PutsAGpuAndItsNicBehindOneSwitch) {
  write(with_small_host(shipped("dgx-h100")));
  const std::string devices = root() + "/sys/bus/pci/devices/";
  const auto gpu = std::filesystem::canonical(devices + "0000:1b:00.0");
  const auto nic = std::filesystem::canonical(devices + "0000:18:00.0");

  // The GPU stands below a second switch of its own.
  const auto upper_switch = nic.parent_path().parent_path();
  EXPECT_EQ(gpu.parent_path().parent_path().parent_path().parent_path(), upper_switch);
  EXPECT_EQ(upper_switch.parent_path().parent_path().filename(), "pci0000:15");
  EXPECT_EQ(std::filesystem::canonical(root() + "/sys/class/infiniband/mlx5_0/device"), nic);
  EXPECT_EQ(read("sys/class/infiniband/mlx5_11/ports/1/rate"), "400 Gb/sec (4X NDR)\n");
  EXPECT_EQ(read("sys/bus/pci/devices/0000:18:00.0/class"), "0x020700\n");
}

TEST_F(Tree, NumbersTheThreadsOfACoreAsLinuxDoes) {
  write(with_small_host(shipped("dgx-h100")));

  EXPECT_EQ(read("sys/devices/system/cpu/online"), "0-7\n");
  EXPECT_EQ(read("sys/devices/system/cpu/cpu1/topology/thread_siblings_list"), "1,5\n");
  EXPECT_EQ(read("sys/devices/system/cpu/cpu6/topology/physical_package_id"), "1\n");
  EXPECT_EQ(read("sys/devices/system/node/node1/cpulist"), "2-3,6-7\n");
  EXPECT_EQ(read("sys/devices/system/cpu/cpu3/cache/index3/shared_cpu_list"), "2-3,6-7\n");
}

TEST_F(Tree, HasTheFilesOfADesktopCard) {
  write(shipped("geforce"));

  EXPECT_EQ(read("sys/bus/pci/devices/0000:01:00.0/class"), "0x030000\n");
  EXPECT_EQ(read("sys/bus/pci/devices/0000:01:00.0/boot_vga"), "1\n");
  EXPECT_TRUE(std::filesystem::exists(root() + "/sys/class/drm/card0/device/vendor"));
  EXPECT_TRUE(std::filesystem::exists(root() + "/dev/dri/renderD128"));
}

TEST_F(Tree, ALostGpuReadsAllOnes) {
  write(shipped("t4"));
  Node& node = mapping_->node();
  gpus_of(node)[0].lost = 1;
  ++node.tree_generation;

  refresh_tree(node, root());

  const std::string device = "sys/bus/pci/devices/0000:3b:00.0/";
  EXPECT_EQ(read(device + "config"), std::string(256, '\xFF'));
  EXPECT_EQ(read(device + "power/runtime_status"), "error\n");
  EXPECT_EQ(read(device + "current_link_speed"), "Unknown\n");
}

TEST_F(Tree, ProcessorTimesGrowWithTheClock) {
  write("clock = \"stopped\"\n" + shipped("t4"));
  Node& node = mapping_->node();
  refresh_tree(node, root());
  const std::string before = read("proc/stat");

  step_clock(node, 5'000'000'000);
  refresh_tree(node, root());

  EXPECT_NE(read("proc/stat"), before);
}

TEST_F(Tree, ShowsTheProcessesThatUseTheGpus) {
  write(shipped("t4"));

  EXPECT_EQ(read("proc/2345/comm"), "tritonserver\n");
  EXPECT_NE(read("proc/2345/status").find("Uid:\t1000\t"), std::string::npos);
}

}  // namespace
}  // namespace accel::sim
