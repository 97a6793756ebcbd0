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
    const auto links = xgmi_links(nodes.at(0).address, nodes, {});
    EXPECT_TRUE(links);
    return links.value_or(std::vector<DeviceLink>());
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
  EXPECT_EQ(found[0].number, 0);
  EXPECT_EQ(found[0].hops, 2);
  EXPECT_EQ(found[0].end.optional(), LinkEnd::device);
  EXPECT_EQ(found[0].remote->text(), "0000:06:00.0");
  EXPECT_EQ(found[0].up.optional(), true);
  EXPECT_FALSE(found[0].lanes) << "without bandwidths nobody tells it";
}

TEST_F(IoLinks, CountLinksByTheirBandwidths) {
  link(1, 0,
       "type 11\nnode_from 1\nnode_to 2\nweight 15\nmin_bandwidth 50000\n"
       "max_bandwidth 200000\n");

  const auto found = links_of_first();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].lanes.optional(), 4);
  EXPECT_FALSE(parse_io_link("type 11\nnode_to 2\nweight 13\nmin_bandwidth 819200\n"
                             "max_bandwidth 819200\n")
                   ->width())
      << "that is the bandwidth of memory";
  EXPECT_FALSE(parse_io_link("type 11\nnode_to 2\nweight 15\nmin_bandwidth 3\n"
                             "max_bandwidth 10\n")
                   ->width());
}

TEST_F(IoLinks, OfPartitionsAreThoseOfTheirGpu) {
  node(3, "13", "location_id 268436224\ndomain 0\n");  // The second partition of 0000:03:00.0
  link(1, 0, "type 11\nnode_from 1\nnode_to 3\nweight 13\n");
  link(1, 1, "type 11\nnode_from 1\nnode_to 2\nweight 41\n");
  link(3, 0, "type 11\nnode_from 3\nnode_to 2\nweight 41\n");

  const auto found = links_of_first();
  ASSERT_EQ(found.size(), 1U) << "one to the other GPU, none inside";
  EXPECT_EQ(found[0].remote->text(), "0000:06:00.0");
  EXPECT_EQ(found[0].hops, 1);
}

TEST_F(IoLinks, AreNotToldOfAGpuThatKfdDoesNotHave) {
  const auto links = xgmi_links({0, 9, 0, 0}, kfd_nodes(Machine{.root = tree_.root()}), {});

  ASSERT_FALSE(links);
  EXPECT_EQ(links.error().code, Errc::operation_not_supported);
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
