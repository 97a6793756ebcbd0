#include <gtest/gtest.h>

#include "support/as_nobody.hpp"
#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using testing::CardTree;

class AmdProcesses : public ::testing::Test {
 protected:
  AmdProcesses() {
    tree_.add();
    tree_.files.file("sys/class/kfd/kfd/topology/nodes/1/gpu_id", "77\n")
        .file("sys/class/kfd/kfd/topology/nodes/1/properties",
              "location_id 768\ndomain 0\ngfx_target_version 100300\n");
  }
  void program(int pid) {
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.files.file(folder / "comm", "python\n")
        .file(folder / "cmdline", "python")
        .file(folder / "status", "Name:\tpython\nUid:\t0\t0\t0\t0\n")
        .directory(folder / "fd");
  }
  void draws(int pid, const std::string& memory) {
    program(pid);
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.files
        .file(folder / "fdinfo/3",
              "drm-driver:\tamdgpu\ndrm-pdev:\t0000:03:00.0\n"
              "drm-client-id:\t" +
                  std::to_string(pid) + "\ndrm-resident-vram:\t" + memory +
                  "\ndrm-engine-gfx:\t5 ns\n")
        .link(folder / "fd/3", "/dev/dri/renderD128");
  }
  void computes(int pid, const std::string& memory) {
    tree_.files.file("sys/class/kfd/kfd/proc/" + std::to_string(pid) + "/vram_77", memory);
  }
  ProcessList list() {
    system_ = tree_.system();
    auto samples = system_->sample_all({.processes = true});
    return samples.at(0).processes.value();
  }

  CardTree tree_;
  std::unique_ptr<System> system_;
};

TEST_F(AmdProcesses, AreThoseThatDraw) {
  draws(10, "2 MiB");

  const auto found = list();

  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].type, ProcessType::graphics);
  EXPECT_EQ(*found.processes[0].memory, mebibytes(2));
  EXPECT_EQ(*found.processes[0].name, "python");
}

TEST_F(AmdProcesses, AreThoseThatComputeAsWell) {
  program(20);
  computes(20, "1048576\n");

  const auto found = list();

  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].type, ProcessType::compute);
  EXPECT_EQ(*found.processes[0].memory, mebibytes(1));
  EXPECT_EQ(found.processes[0].utilization.status(), ReadingStatus::unsupported);
}

TEST_F(AmdProcesses, AreOneRowForAProgramThatDoesBoth) {
  draws(10, "2 MiB");
  computes(10, "8388608\n");

  const auto found = list();

  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].type, ProcessType::compute_and_graphics);
  EXPECT_EQ(*found.processes[0].memory, mebibytes(8)) << "not the sum";
  EXPECT_EQ(found.processes[0].utilization.status(), ReadingStatus::unsupported)
      << "compute queues are in no engine's time";
}

TEST_F(AmdProcesses, TellOnHowManyComputeUnitsTheyWork) {
  program(20);
  computes(20, "1048576\n");
  tree_.files.file("sys/class/kfd/kfd/proc/20/stats_77/cu_occupancy", "12\n");

  EXPECT_EQ(list().processes.at(0).compute_units.optional(), 12);
}

TEST_F(AmdProcesses, ThatComputeAreNotHiddenThoughTheirFilesAre) {
  program(20);
  computes(20, "1048576\n");
  std::filesystem::permissions(tree_.files.root() / "proc/20/fd", std::filesystem::perms::none);
  std::filesystem::permissions(tree_.files.root(), std::filesystem::perms(0755));

  EXPECT_EQ(accel::testing::as_nobody([&] {
              const auto found = list();
              return found.processes.size() == 1 && found.hidden.count().optional() == 0;
            }),
            1);
}

TEST_F(AmdProcesses, LeaveOutNumbersThatNoProgramHas) {
  computes(0, "1048576\n");
  tree_.files.file("sys/class/kfd/kfd/proc/4294967295/vram_77", "1048576\n");

  EXPECT_TRUE(list().processes.empty());
}

TEST_F(AmdProcesses, LeaveOutProgramsThatUseAnotherGpu) {
  program(20);
  computes(20, "0\n");
  tree_.files.file("sys/class/kfd/kfd/proc/21/vram_78", "4096\n");

  EXPECT_TRUE(list().processes.empty());
}

}  // namespace
}  // namespace accel::amd
