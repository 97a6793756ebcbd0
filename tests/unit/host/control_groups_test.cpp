#include "host/control_groups.hpp"

#include <gtest/gtest.h>

#include "accel/host.hpp"
#include "host_trees.hpp"

namespace accel::host {
namespace {

using accel::testing::FakeTree;
using accel::testing::machine_at;

class ControlGroups : public ::testing::Test {
 protected:
  void in_version_2(const std::string& path) {
    tree_.file("proc/self/cgroup", "0::" + path + "\n")
        .file("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  }
  void in_version_1() {
    tree_.file("proc/self/cgroup", "4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n0::/\n")
        .file("proc/self/mountinfo",
              "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
              "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
              "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
  }
  [[nodiscard]] Allowed allowed() const { return allowed_to_this_program(machine_at(tree_)); }

  FakeTree tree_;
};

TEST_F(ControlGroups, OfVersion2LimitByTheTightestAroundTheProgram) {
  in_version_2("/machine/pod/box");
  tree_.file("sys/fs/cgroup/machine/memory.max", "max\n")
      .file("sys/fs/cgroup/machine/pod/memory.max", "4294967296\n")
      .file("sys/fs/cgroup/machine/pod/box/memory.max", "8589934592\n")
      .file("sys/fs/cgroup/machine/pod/cpu.max", "max 100000\n")
      .file("sys/fs/cgroup/machine/pod/box/cpu.max", "250000 100000\n");

  EXPECT_EQ(allowed().memory.optional(), bytes(4'294'967'296));
  EXPECT_TRUE(allowed().memory.source().ends_with("/machine/pod/memory.max"));
  EXPECT_EQ(allowed().cpu_time.optional(), 2.5);
}

TEST_F(ControlGroups, OfVersion1LimitByTheirOwnFiles) {
  in_version_1();
  tree_.file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
      .file("sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes", "536870912\n")
      .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n")
      .file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
      .file("sys/fs/cgroup/cpu,cpuacct/docker/ab/cpu.cfs_quota_us", "50000\n")
      .file("sys/fs/cgroup/cpu,cpuacct/docker/ab/cpu.cfs_period_us", "100000\n");

  EXPECT_EQ(allowed().memory.optional(), bytes(536'870'912));
  EXPECT_EQ(allowed().cpu_time.optional(), 0.5);
}

TEST_F(ControlGroups, WithoutALimitLimitNothingAndSayWhereTheyWereLookedFor) {
  in_version_1();
  tree_.file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

  EXPECT_EQ(allowed().memory.status(), ReadingStatus::unsupported);
  EXPECT_TRUE(allowed().memory.reason().ends_with("/memory/memory.limit_in_bytes: no limit"));
  EXPECT_EQ(allowed().cpu_time.reason(), "no control group of the controller 'cpu' in sight");
}

TEST_F(ControlGroups, AreFoundWhereOnlyTheContainersPartIsMounted) {
  tree_.file("proc/self/cgroup", "4:memory:/docker/ab\n")
      .file("proc/self/mountinfo",
            "35 31 0:32 /docker/ab /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
      .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");

  EXPECT_EQ(allowed().memory.optional(), bytes(536'870'912));
}

TEST_F(ControlGroups, OutsideOfTheNameSpaceAreNotFollowed) {
  in_version_2("/../../other");
  tree_.file("sys/fs/cgroup/memory.max", "1048576\n").file("sys/other/memory.max", "4096\n");

  EXPECT_EQ(allowed().memory.optional(), bytes(1'048'576));
}

TEST_F(ControlGroups, OfWhichOneIsGarbageLeaveTheLimitUnknown) {
  in_version_2("/box");
  tree_.file("sys/fs/cgroup/memory.max", "1048576\n")
      .file("sys/fs/cgroup/box/memory.max", "lots\n")
      .file("sys/fs/cgroup/box/cpu.max", "250000\n");

  EXPECT_EQ(allowed().memory.status(), ReadingStatus::error);
  EXPECT_NE(allowed().memory.reason().find("/box/memory.max: not a limit: 'lots'"),
            std::string::npos);
  EXPECT_EQ(allowed().cpu_time.status(), ReadingStatus::error);
}

TEST_F(ControlGroups, GrantProcessorsByTheirList) {
  tree_.file("proc/self/status", "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\nX:\t1\n");
  EXPECT_EQ(allowed().cpus.optional(), "0-3,8");

  tree_.file("proc/self/status", "Cpus_allowed_list:\tall\n");
  EXPECT_EQ(allowed().cpus.status(), ReadingStatus::error);
  tree_.file("proc/self/status", "Name:\tx\n");
  EXPECT_EQ(allowed().cpus.status(), ReadingStatus::unsupported);
}

TEST_F(ControlGroups, CountTheGrantedAmongTheProcessorsOnline) {
  accel::testing::add_two_socket_x86(tree_);
  tree_.file("proc/self/status", "Cpus_allowed_list:\t6-15\n");

  EXPECT_EQ(cpu(machine_at(tree_)).allowed_cores.optional(), 2);
}

TEST(CpuTimeLimit, IsQuotaOverPeriod) {
  EXPECT_EQ(cpu_time_limit("150000 100000").value(), 1.5);
  EXPECT_EQ(cpu_time_limit("max 100000").value(), 0);
  for (const char* text : {"", "max", "150000", "0 100000", "-1 100000", "1 0", "1 -1", "a b"}) {
    EXPECT_FALSE(cpu_time_limit(text)) << text;
  }
}

}  // namespace
}  // namespace accel::host
