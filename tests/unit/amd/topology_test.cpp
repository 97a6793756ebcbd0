// xGMI as `accel topo` shows it: from the files of the compute side to a pair of devices.
#include "accel/topology.hpp"

#include <gtest/gtest.h>

#include <array>

#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using testing::CardTree;

class AmdTopology : public ::testing::Test {
 protected:
  AmdTopology() {
    tree_.add("0000:03:00.0", 0);
    tree_.add("0000:06:00.0", 1);
  }
  /// A GPU's node, with one link over xGMI to another.
  void node(int number, int location, int to) {
    const auto folder = "sys/class/kfd/kfd/topology/nodes/" + std::to_string(number);
    tree_.files.file(folder + "/gpu_id", std::to_string(10 + number) + "\n")
        .file(folder + "/properties", "location_id " + std::to_string(location) + "\ndomain 0\n")
        .file(folder + "/io_links/0/properties",
              "type 11\nnode_to " + std::to_string(to) +
                  "\nweight 30\nmin_bandwidth 50000\nmax_bandwidth 100000\n");
  }
  [[nodiscard]] TopologyPair pair() const {
    const auto system = tree_.system();
    EXPECT_EQ(system->devices().size(), 2U);
    return topology(*system, std::array<std::size_t, 2>{0, 1}, {}).between(0, 1);
  }

  CardTree tree_;
};

TEST_F(AmdTopology, JoinsTwoGpusByXgmi) {
  node(1, 0x300, 2);
  node(2, 0x600, 1);

  const auto found = pair();
  ASSERT_TRUE(found.link);
  EXPECT_EQ(found.link->kind, LinkKind::xgmi);
  EXPECT_EQ(found.link->hops, 2);
  EXPECT_EQ(found.link->lanes.optional(), 2);
  EXPECT_TRUE(found.level) << "the way over PCI Express is told as well";
}

TEST_F(AmdTopology, HasNoLinkThatOneEndDoesNotKnow) {
  node(1, 0x300, 2);
  node(2, 0x600, 0);

  EXPECT_FALSE(pair().link);
}

TEST_F(AmdTopology, HasNoLinkWithoutTheComputeSide) { EXPECT_FALSE(pair().link); }

}  // namespace
}  // namespace accel::amd
