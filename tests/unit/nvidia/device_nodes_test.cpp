#include "backends/nvidia/device_nodes.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel::nvidia {
namespace {

/// A file of root's that stands for a device node of this machine.
class NvidiaNodes : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root to take its rights away";
    tree_.file("nvidia0", "");
    ::chmod(tree_.root().c_str(), 0755);
  }
  void belong_to(gid_t group, mode_t mode) {
    ASSERT_EQ(::chown(node().c_str(), 0, group), 0);
    ASSERT_EQ(::chmod(node().c_str(), mode), 0);
  }
  std::string node() const { return (tree_.root() / "nvidia0").string(); }
  /// Whether nobody is refused with that remedy.
  bool is_refused(const std::string& remedy) {
    return accel::testing::as_nobody([&] {
             const auto refusal = node_refusal(Machine{}, node());
             return refusal && refusal->code == Errc::permission_denied &&
                    refusal->message == node() + ": Permission denied" &&
                    refusal->remedy.find(remedy) != std::string::npos;
           }) == 1;
  }

  accel::testing::FakeTree tree_;
};

TEST_F(NvidiaNodes, NameTheGroupThatMayUseThem) {
  belong_to(44, 0660);  // Debian's group video, /usr/share/base-passwd/group.master
  EXPECT_TRUE(is_refused("join the group video"));
}

TEST_F(NvidiaNodes, OfNoGroupAreRoots) {
  belong_to(0, 0600);
  EXPECT_TRUE(is_refused("run as root"));
}

TEST_F(NvidiaNodes, ThatMayBeUsedRefuseNobody) {
  belong_to(0, 0666);
  EXPECT_EQ(accel::testing::as_nobody([&] { return !node_refusal(Machine{}, node()); }), 1);
}

TEST_F(NvidiaNodes, ThatAreMissingSaySo) {
  const auto refusal = node_refusal(Machine{}, node() + "-gone");
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->message, node() + "-gone: No such file or directory");
}

TEST_F(NvidiaNodes, OfARecordingAreNoDevices) {
  EXPECT_FALSE(node_refusal(Machine{.root = tree_.root()}, "/dev/nvidia0"));
  EXPECT_FALSE(control_refusal(Machine{.root = tree_.root()}));
}

}  // namespace
}  // namespace accel::nvidia
