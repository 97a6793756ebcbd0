#include "core/process_lookup.hpp"

#include <gtest/gtest.h>

#include "support/as_nobody.hpp"
#include "support/fake_tree.hpp"

namespace accel {
namespace {

class ProcessLookupTest : public ::testing::Test {
 protected:
  ProcessLookupTest() { machine_.root = tree_.root(); }

  void add(const std::string& comm, const std::string& cmdline, const std::string& status) {
    tree_.file("proc/7/comm", comm)
        .file("proc/7/cmdline", cmdline)
        .file("proc/7/status", status)
        .file("proc/7/cgroup", "0::/user.slice\n");
  }
  Program program() { return ProcessLookup(machine_).program(7); }

  testing::FakeTree tree_;
  Machine machine_;
};

TEST_F(ProcessLookupTest, TakesTheKernelsNameWhereThereIsNoCommandLine) {
  add("kworker/0:1\n", "", "Uid:\t0\t0\t0\t0\n");

  EXPECT_EQ(program().name.optional(), "kworker/0:1");
}

TEST_F(ProcessLookupTest, DoesWithoutTheKernelsNameWhereThereIsACommandLine) {
  add("x\n", std::string("python3\0train.py\0", 17), "Uid:\t0\n");
  tree_.remove("proc/7/comm");

  EXPECT_EQ(program().name.optional(), "python3");
  EXPECT_FALSE(program().is_hidden);
}

TEST_F(ProcessLookupTest, ShowsNoControlCharactersOfAName) {
  add("x\n", std::string("evil\x1b[2J\0", 9), "Uid:\t0\n");

  EXPECT_EQ(program().name.optional(), "evil?[2J");
}

TEST_F(ProcessLookupTest, TakesTheInnermostPid) {
  add("x\n", "x", "Uid:\t0\nNSpid:\t7\t21\t3\n");

  EXPECT_EQ(program().container_pid.optional(), 3);
}

TEST_F(ProcessLookupTest, SaysWhatAnOddStatusFileLacks) {
  add("x\n", "x", "garbage");

  EXPECT_EQ(program().user.status(), ReadingStatus::error);
  EXPECT_EQ(program().container_pid.status(), ReadingStatus::unsupported);
  EXPECT_FALSE(program().is_hidden);
}

TEST_F(ProcessLookupTest, FindsUsersInSpiteOfOddLines) {
  add("x\n", "x", "Uid:\t1001\n");
  tree_.file("etc/passwd", "\n:::\nnocolons\nroot:x:0:0::/:\nada:x:1001:1001::/:\n");

  EXPECT_EQ(program().user.optional(), "ada");
}

TEST_F(ProcessLookupTest, CallsAProcessHiddenThatIsNotShown) {
  const Program hidden = program();
  EXPECT_TRUE(hidden.is_hidden);
  EXPECT_EQ(hidden.name.status(), ReadingStatus::no_permission);
  EXPECT_FALSE(hidden.name.remedy().empty());
}

TEST_F(ProcessLookupTest, CallsAProcessHiddenThatMayNotBeRead) {
  add("x\n", "x", "Uid:\t0\n");
  std::filesystem::permissions(tree_.root() / "proc/7", std::filesystem::perms::owner_all);

  EXPECT_EQ(testing::as_nobody([&] { return program().is_hidden; }), 1);
}

TEST(ContainerId, IsFoundInWhatEnginesWrite) {
  const std::string id = std::string(32, 'a') + std::string(32, '1');
  EXPECT_EQ(container_id("0::/system.slice/docker-" + id + ".scope\n"), id);
  EXPECT_EQ(container_id("5:cpu:/\n4:devices:/kubepods/burstable/pod1/" + id + "\n"), id);
  EXPECT_EQ(container_id("0::/machine.slice/libpod-" + id + ".scope/container\n"), id);
}

TEST(ContainerId, IsNotAnyHexNumber) {
  EXPECT_EQ(container_id("0::/user.slice/user-1000.slice\n"), "");
  EXPECT_EQ(container_id("0::/x/" + std::string(65, 'a') + "\n"), "");
  EXPECT_EQ(container_id("0::/x/" + std::string(63, 'a')), "");
  EXPECT_EQ(container_id(""), "");
}

TEST(Printable, KeepsUtf8AndReplacesTheRest) {
  EXPECT_EQ(printable("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"),
            "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  EXPECT_EQ(printable("a\tb\x7F"), "a?b?");
  EXPECT_EQ(printable("\xC3"), "?") << "cut short";
  EXPECT_EQ(printable("\xC0\xAF"), "??") << "longer than needed";
  EXPECT_EQ(printable("\xED\xA0\x80"), "???") << "half of a pair";
  EXPECT_EQ(printable("\xF5\x80\x80\x80"), "????") << "beyond Unicode";
}

}  // namespace
}  // namespace accel
