#include "core/node_access.hpp"

#include <gtest/gtest.h>

#include <cerrno>

#include "support/fake_tree.hpp"

namespace accel {
namespace {

class NodeAccess : public ::testing::Test {
 protected:
  NodeAccess() { tree_.file("dev/dri/renderD128", ""); }
  [[nodiscard]] std::optional<NodeRefusal> refusal(int error_number) const {
    return refusal_of_node(Machine{.root = tree_.root()}, "/dev/dri/renderD128", error_number);
  }

  testing::FakeTree tree_;
};

TEST_F(NodeAccess, IsRefusedByItsMode) {
  const auto found = refusal(EACCES);

  ASSERT_TRUE(found);
  EXPECT_FALSE(found->by_device_rules);
  EXPECT_EQ(found->error.code, Errc::permission_denied);
  EXPECT_EQ(found->error.message, "/dev/dri/renderD128: Permission denied");
}

TEST_F(NodeAccess, IsRefusedByTheRulesOfAContainer) {
  const auto found = refusal(EPERM);

  ASSERT_TRUE(found);
  EXPECT_TRUE(found->by_device_rules);
  EXPECT_NE(found->error.remedy.find("--device /dev/dri/renderD128"), std::string::npos);
}

TEST_F(NodeAccess, IsNotRefusedByOtherErrors) {
  EXPECT_FALSE(refusal(EROFS));
  EXPECT_FALSE(refusal_of_node(Machine{.root = tree_.root()}, "/dev/nothing", EACCES));
}

TEST_F(NodeAccess, OfARecordingIsNotAskedFor) {
  EXPECT_FALSE(refusal_of_node(Machine{.root = tree_.root()}, "/dev/dri/renderD128"));
}

}  // namespace
}  // namespace accel
