#include "core/proc_view.hpp"

#include <gtest/gtest.h>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel {
namespace {

class ProcViewTest : public ::testing::Test {
 protected:
  [[nodiscard]] ProcView view() const { return proc_view(Machine{.root = tree_.root()}); }

  testing::FakeTree tree_;
};

TEST_F(ProcViewTest, IsTheWholeMachineWhereTheKernelsOwnProgramIsTheSecond) {
  tree_.file("proc/1/comm", "systemd\n").file("proc/2/comm", "kthreadd\n");

  EXPECT_FALSE(view().is_namespace);
  EXPECT_FALSE(view().uncounted);
}

TEST_F(ProcViewTest, IsANamespaceWhereItIsNot) {
  tree_.file("proc/1/comm", "sleep\n").file("proc/2/comm", "python3\n");

  EXPECT_TRUE(view().is_namespace);
  ASSERT_TRUE(view().uncounted);
  EXPECT_EQ(view().uncounted->status, ReadingStatus::no_permission);
  EXPECT_NE(view().uncounted->remedy.find("--pid=host"), std::string::npos);
}

TEST_F(ProcViewTest, CountsNothingWithoutProc) {
  ASSERT_TRUE(view().uncounted);
  EXPECT_NE(view().uncounted->reason.find("/proc: No such file"), std::string::npos)
      << view().uncounted->reason;
}

TEST_F(ProcViewTest, DoesNotCountWhatHidepidHidesFromThisUser) {
  tree_.file("proc/mounts", "proc /proc proc rw,nosuid,hidepid=invisible 0 0\n");
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));

  EXPECT_EQ(testing::as_nobody([&] { return view().uncounted.has_value(); }), 1);
}

TEST(HidesPrograms, IsSaidByTheLastMountOfProc) {
  EXPECT_TRUE(hides_programs("proc /proc proc rw,hidepid=2 0 0\n"));
  EXPECT_TRUE(hides_programs("proc /proc proc hidepid=ptraceable,rw 0 0"));
  EXPECT_FALSE(hides_programs("proc /proc proc rw,hidepid=1 0 0\n")) << "seen, if not looked into";
  EXPECT_FALSE(hides_programs("proc /proc proc rw,hidepid=noaccess 0 0\n"));
  EXPECT_FALSE(hides_programs("proc /proc proc rw,hidepid=2 0 0\nproc /proc proc rw 0 0\n"));
  EXPECT_FALSE(hides_programs("proc /chroot/proc proc rw,hidepid=2 0 0\n"));
  EXPECT_FALSE(hides_programs(""));
}

}  // namespace
}  // namespace accel
