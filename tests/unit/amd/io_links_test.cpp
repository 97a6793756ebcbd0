#include "backends/amd/io_links.hpp"

#include <gtest/gtest.h>

#include "support/fake_tree.hpp"

namespace accel::amd {
namespace {

/// Two GPUs of a hive and the processor between them.
class IoLinks : public ::testing::Test {
 protected:
  IoLinks() {
    node(0, "0", "cpu_cores_count 16\n");
    node(1, "11", "location_id 768\ndomain 0\n");   // 0000:03:00.0
    node(2, "12", "location_id 1536\ndomain 0\n");  // 0000:06:00.0
  }
  void node(int number, const std::string& id, const std::string& properties) {
    tree_.file(folder(number) / "gpu_id", id).file(folder(number) / "properties", properties);
  }
  void link(int from, int number, const std::string& properties) {
    tree_.file(folder(from) / "io_links" / std::to_string(number) / "properties", properties);
  }
  [[nodiscard]] std::vector<DeviceLink> links_of_first() const {
    const auto nodes = kfd_nodes(Machine{.root = tree_.root()});
    return xgmi_links(nodes.at(0), nodes, {});
  }
  static std::filesystem::path folder(int number) {
    return std::filesystem::path("sys/class/kfd/kfd/topology/nodes") / std::to_string(number);
  }

  testing::FakeTree tree_;
};

TEST_F(IoLinks, LeadToGpusOverXgmi) {
  link(1, 0, "type 2\nnode_from 1\nnode_to 0\nweight 20\n");
  link(1, 1, "type 11\nnode_from 1\nnode_to 2\nweight 30\n");

  const auto found = links_of_first();
  ASSERT_EQ(found.size(), 1U) << "PCI Express (2) is no link of the vendor's own";
  EXPECT_EQ(found[0].kind, LinkKind::xgmi);
  EXPECT_EQ(found[0].number, 1);
  EXPECT_EQ(found[0].hops, 2);
  EXPECT_EQ(found[0].end.optional(), LinkEnd::device);
  EXPECT_EQ(found[0].remote->text(), "0000:06:00.0");
  EXPECT_EQ(found[0].up.optional(), true);
  EXPECT_FALSE(found[0].lanes) << "KFD does not tell it";
}

TEST_F(IoLinks, LeadToProcessorsAsWell) {
  link(1, 0, "type 11\nnode_from 1\nnode_to 0\nweight 15\n");

  const auto found = links_of_first();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].end.optional(), LinkEnd::processor);
  EXPECT_FALSE(found[0].remote);
}

TEST_F(IoLinks, WithoutTypeOrNodeAreNone) {
  EXPECT_FALSE(parse_io_link(""));
  EXPECT_FALSE(parse_io_link("type 11\nweight 15\n"));
  EXPECT_FALSE(parse_io_link("type eleven\nnode_to 2\n"));
  EXPECT_EQ(parse_io_link("type 11\nnode_to 2\n")->hops(), 1);
  EXPECT_EQ(parse_io_link("type 11\nnode_to 2\nweight 18446744073709551615\n")->hops(), 64);
}

}  // namespace
}  // namespace accel::amd
