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
  AcceleratorProcess program(Numbering numbering = Numbering::proc) {
    AcceleratorProcess process;
    process.pid = 7;
    ProcessLookup(machine_).describe(process, numbering, "/dev/kfd");
    return process;
  }

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
  EXPECT_EQ(program().command.optional(), "python3 train.py");
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
  EXPECT_TRUE(program().name);
}

TEST_F(ProcessLookupTest, FindsUsersInSpiteOfOddLines) {
  add("x\n", "x", "Uid:\t1001\n");
  tree_.file("etc/passwd", "\n:::\nnocolons\nroot:x:0:0::/:\nada:x:1001:1001::/:\n");

  EXPECT_EQ(program().user.optional(), "ada");
}

TEST_F(ProcessLookupTest, SaysWhyNothingIsKnownOfAProcessThatIsNotShown) {
  const AcceleratorProcess hidden = program();
  EXPECT_EQ(hidden.name.status(), ReadingStatus::no_permission);
  EXPECT_EQ(hidden.container.status(), ReadingStatus::no_permission);
  EXPECT_FALSE(hidden.name.remedy().empty());
}

TEST_F(ProcessLookupTest, SaysWhyNothingIsKnownOfAProcessThatMayNotBeRead) {
  add("x\n", "x", "Uid:\t0\n");
  std::filesystem::permissions(tree_.root() / "proc/7", std::filesystem::perms::owner_all);

  EXPECT_EQ(
      testing::as_nobody([&] { return program().name.status() == ReadingStatus::no_permission; }),
      1);
}

TEST_F(ProcessLookupTest, NamesThePodWhoseLogsTheKubeletKeeps) {
  const std::string uid = "3d9a0c1e-0b5f-4c1e-9a51-00c0ffee0001";
  add("x\n", "x", "Uid:\t0\n");
  tree_.file("proc/7/cgroup", "0::/kubepods/pod" + uid + "/" + std::string(64, 'a') + "\n");
  EXPECT_EQ(program().pod_uid.optional(), uid);
  EXPECT_EQ(program().pod.status(), ReadingStatus::unsupported);
  EXPECT_NE(program().pod.reason().find("/var/log/pods: No such file"), std::string::npos);

  tree_.directory("var/log/pods/ml_train-0_" + uid).directory("var/log/pods/odd");

  EXPECT_EQ(program().pod.optional(), "train-0");
  EXPECT_EQ(program().pod_namespace.optional(), "ml");
}

TEST_F(ProcessLookupTest, SaysWhatAProgramOutsideOfContainersLacks) {
  add("x\n", "x", "Uid:\t0\n");

  EXPECT_EQ(program().container.status(), ReadingStatus::unsupported);
  EXPECT_EQ(program().pod.status(), ReadingStatus::unsupported);
  EXPECT_NE(program().pod.reason().find("names no pod"), std::string::npos);
}

TEST_F(ProcessLookupTest, DoesNotTakeADriversNumberForThatOfANamespace) {
  add("x\n", "x", "Uid:\t0\n");
  tree_.file("proc/1/comm", "sleep\n");

  EXPECT_TRUE(program(Numbering::proc).name);
  EXPECT_EQ(program(Numbering::driver).name.status(), ReadingStatus::no_permission);
  EXPECT_NE(program(Numbering::driver).name.reason().find("pid namespace"), std::string::npos);

  tree_.link("proc/7/fd/3", "/dev/kfd");
  EXPECT_TRUE(program(Numbering::driver).name) << "it has the driver's node open";
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
