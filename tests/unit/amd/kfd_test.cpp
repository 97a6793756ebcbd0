#include "backends/amd/kfd.hpp"

#include <gtest/gtest.h>

#include "support/fake_tree.hpp"

namespace accel::amd {
namespace {

using accel::testing::FakeTree;

class KfdTopology : public ::testing::Test {
 protected:
  void node(int number, const std::string& id, const std::string& properties) {
    const auto folder =
        std::filesystem::path("sys/class/kfd/kfd/topology/nodes") / std::to_string(number);
    tree_.file(folder / "gpu_id", id).file(folder / "properties", properties);
  }
  [[nodiscard]] std::vector<KfdNode> nodes() const {
    return kfd_nodes(Machine{.root = tree_.root()});
  }

  FakeTree tree_;
};

TEST_F(KfdTopology, IsEmptyWithoutTheComputeDriver) { EXPECT_TRUE(nodes().empty()); }

TEST_F(KfdTopology, DescribesAGpuAndPassesOverCpus) {
  node(0, "0", "cpu_cores_count 16\nsimd_count 0\n");
  // As a Phoenix says.
  node(1, "35218\n",
       "simd_count 24\nsimd_per_cu 2\ngfx_target_version 110003\nlocation_id 25600\ndomain 0\n"
       "drm_render_minor 128\nhive_id 0\nunique_id 10700000000000000001\n");
  tree_.file("sys/class/kfd/kfd/topology/nodes/1/mem_banks/0/properties",
             "heap_type 1\nsize_in_bytes 4294967296\n");

  const auto found = nodes();

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].gpu_id, 35218U);
  EXPECT_EQ(found[0].address.text(), "0000:64:00.0");
  EXPECT_EQ(found[0].compute_units(), 12);
  EXPECT_EQ(found[0].gfx_target(), "gfx1103");
  EXPECT_EQ(found[0].render_minor, 128);
  EXPECT_EQ(found[0].unique_id, 10700000000000000001U);
  EXPECT_EQ(found[0].memory, bytes(4294967296));
}

TEST_F(KfdTopology, NamesTargetsWithHexDigits) {
  EXPECT_EQ((KfdNode{.gfx_version = 90010}.gfx_target()), "gfx90a");
  EXPECT_EQ((KfdNode{.gfx_version = 90402}.gfx_target()), "gfx942");
  EXPECT_EQ((KfdNode{.gfx_version = 0}.gfx_target()), "");
}

TEST_F(KfdTopology, TellsPartitionsOfOneGpuApart) {
  node(1, "11", "location_id 268436224\ndomain 0\n");  // 0x10000300: partition 1 of 0000:03:00.0
  node(2, "10", "location_id 768\ndomain 0\n");

  const auto found = nodes();

  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].gpu_id, 10U);
  EXPECT_EQ(found[1].partition, 1);
  EXPECT_EQ(found[0].address, found[1].address);
}

TEST_F(KfdTopology, LosesNoNodeToABrokenOne) {
  node(1, "many\n", "location_id 768\n");
  node(2, "12\n", "location_id 1024\nbroken\nsimd_count x\n");
  tree_.file("sys/class/kfd/kfd/topology/nodes/3/gpu_id", "13\n");

  const auto found = nodes();

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].gpu_id, 12U);
  EXPECT_FALSE(found[0].compute_units());
}

}  // namespace
}  // namespace accel::amd
