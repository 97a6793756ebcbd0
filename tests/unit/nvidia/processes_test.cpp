#include "backends/nvidia/processes.hpp"

#include "unit/nvidia/fixture.hpp"

namespace accel::nvidia {
namespace {

class NvidiaProcesses : public NvidiaTest {
 protected:
  ProcessList list() {
    if (devices_.empty()) discover();
    auto found = devices_.front()->process_lister()->processes();
    EXPECT_TRUE(found) << found.error().message;
    return found ? std::move(*found) : ProcessList{};
  }
  void add_program(int pid, const std::string& cmdline, const std::string& cgroup = "0::/\n",
                   const std::string& nspid = "") {
    const std::string folder = "proc/" + std::to_string(pid) + "/";
    tree_.file(folder + "comm", "python3\n")
        .file(folder + "cmdline", cmdline)
        .file(folder + "cgroup", cgroup)
        .file(folder + "status", "Name:\tpython3\nUid:\t1000\t1000\t1000\t1000\nNSpid:\t" +
                                     std::to_string(pid) + nspid + "\n");
  }
};

TEST_F(NvidiaProcesses, AreMergedOverTheLists) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}, {20, 200}};
  gpu.graphics = {{20, 200}, {30, 300}};
  gpu.mps = {{40, 400}};

  const ProcessList found = list();
  ASSERT_EQ(found.processes.size(), 4U);
  EXPECT_EQ(found.processes[0].type, ProcessType::compute);
  EXPECT_EQ(found.processes[1].type, ProcessType::compute_and_graphics);
  EXPECT_EQ(found.processes[2].type, ProcessType::graphics);
  EXPECT_EQ(found.processes[3].type, ProcessType::mps);
  EXPECT_EQ(found.processes[1].memory.optional(), bytes(200));
}

TEST_F(NvidiaProcesses, AreReadInRecordsOfEitherWidth) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}, {20, 200}, {30, 300}};

  for (const bool wide : {false, true}) {
    script().wide_process_records = wide;
    const ProcessList found = list();
    ASSERT_EQ(found.processes.size(), 3U);
    EXPECT_EQ(found.processes[2].pid, 30) << wide;
    EXPECT_EQ(found.processes[2].memory.optional(), bytes(300)) << wide;
  }
}

TEST_F(NvidiaProcesses, AreAllListedHoweverMany) {
  FakeGpu& gpu = add_gpu();
  for (std::uint32_t pid = 1; pid <= 500; ++pid) gpu.compute.push_back({pid, pid});

  EXPECT_EQ(list().processes.size(), 500U);
}

TEST_F(NvidiaProcesses, HaveNoMemoryThatTheDriverDoesNotTell) {
  add_gpu().compute = {{10, ~std::uint64_t{0}}};

  const auto memory = list().processes.at(0).memory;
  EXPECT_EQ(memory.status(), ReadingStatus::unsupported);
  EXPECT_FALSE(memory.reason().empty());
}

TEST_F(NvidiaProcesses, AreNamedFromProc) {
  add_gpu().compute = {{4321, 100}};
  const std::string id(64, 'a');
  add_program(4321, std::string("/usr/bin/python3\0train.py\0", 26),
              "0::/system.slice/docker-" + id + ".scope\n", "\t17");
  tree_.file("etc/passwd", "root:x:0:0::/:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n");

  const auto process = list().processes.at(0);
  EXPECT_EQ(process.name.optional(), "/usr/bin/python3");
  EXPECT_EQ(process.user.optional(), "ada");
  EXPECT_EQ(process.container.optional(), id);
  EXPECT_EQ(process.container_pid.optional(), 17);
}

TEST_F(NvidiaProcesses, OutsideOfContainersSaySo) {
  add_gpu().compute = {{4321, 100}};
  add_program(4321, "");

  const ProcessList found = list();
  EXPECT_EQ(found.processes.at(0).name.optional(), "python3");
  EXPECT_EQ(found.processes.at(0).user.optional(), "1000");
  EXPECT_EQ(found.processes.at(0).container.status(), ReadingStatus::unsupported);
  EXPECT_EQ(found.processes.at(0).container_pid.status(), ReadingStatus::unsupported);
  EXPECT_EQ(found.hidden.count().optional(), 0);
}

TEST_F(NvidiaProcesses, ThatProcDoesNotShowAreListedWithoutAName) {
  add_gpu().compute = {{4321, 100}};
  tree_.directory("proc");

  const ProcessList found = list();
  EXPECT_EQ(found.hidden.count().optional(), 0) << "it is in the list";
  ASSERT_EQ(found.processes.size(), 1U) << "what the driver tells of it is not lost";
  EXPECT_EQ(found.processes[0].name.status(), ReadingStatus::no_permission);
  EXPECT_EQ(found.processes[0].memory.optional(), bytes(100));
}

TEST_F(NvidiaProcesses, WithANumberThatNoProgramHasAreHiddenAndSaidToBe) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{4'294'967'294, 100}, {0, 100}, {0, 200}, {10, 100}};
  gpu.graphics = {{4'294'967'294, 100}};

  const ProcessList found = list();
  ASSERT_EQ(found.processes.size(), 1U);
  EXPECT_EQ(found.processes[0].pid, 10);
  EXPECT_EQ(found.hidden.count().optional(), 3);
  ASSERT_EQ(found.problems.size(), 2U);
  EXPECT_NE(found.problems[0].message.find("4294967294"), std::string::npos);
}

TEST_F(NvidiaProcesses, OfOtherNamespacesAreNotCounted) {
  add_gpu().compute = {{4321, 100}};
  add_program(4321, "python3");
  tree_.file("proc/1/comm", "sleep\n");

  const ProcessList found = list();
  EXPECT_FALSE(found.hidden.count());
  EXPECT_EQ(found.processes.at(0).name.status(), ReadingStatus::no_permission)
      << "4321 may be another program here";
}

TEST_F(NvidiaProcesses, HaveTheNewestShareOfEach) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}, {20, 200}};
  gpu.samples = {{{10, 1000, 30, 3, 0, 0}, {10, 3000, 50, 5, 1, 2}, {10, 2000, 40, 4, 0, 0}}};

  const ProcessList found = list();
  EXPECT_EQ(found.processes[0].utilization.optional(), percent(50));
  EXPECT_EQ(found.processes[0].utilization_memory_controller.optional(), percent(5));
  EXPECT_EQ(found.processes[0].utilization_encoder.optional(), percent(1));
  EXPECT_EQ(found.processes[0].utilization_decoder.optional(), percent(2));
  EXPECT_EQ(found.processes[1].utilization.status(), ReadingStatus::pending);
}

TEST_F(NvidiaProcesses, WithoutASampleSinceTheLastQuestionAreIdle) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}};
  gpu.samples = {{{10, 3000, 50, 5, 1, 2}}};
  list();

  EXPECT_EQ(list().processes.at(0).utilization.optional(), percent(0));
}

TEST_F(NvidiaProcesses, HaveNoShareThatIsNotSupported) {
  add_gpu().compute = {{10, 100}};

  const auto share = list().processes.at(0).utilization;
  EXPECT_EQ(share.status(), ReadingStatus::unsupported);
  EXPECT_EQ(share.reason(), "nvmlDeviceGetProcessUtilization: Not Supported");
}

TEST_F(NvidiaProcesses, HaveNoShareAboveAHundredPercent) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}};
  gpu.samples = {{{10, 3000, 4'000'000, 5, 1, 2}}};

  const auto process = list().processes.at(0);
  EXPECT_EQ(process.utilization.status(), ReadingStatus::error);
  EXPECT_EQ(process.utilization_decoder.optional(), percent(2));
}

TEST_F(NvidiaProcesses, AreListedWhenOneListFails) {
  FakeGpu& gpu = add_gpu();
  gpu.compute = {{10, 100}};
  gpu.status["nvmlDeviceGetGraphicsRunningProcesses_v3"] = 3;

  EXPECT_EQ(list().processes.size(), 1U);
}

TEST_F(NvidiaProcesses, OfAGpuThatIsAsleepAreNotAskedFor) {
  add_gpu(0x41, suspended());
  discover();

  const auto found = devices_.front()->process_lister()->processes();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::device_asleep);
  EXPECT_TRUE(script().calls.empty());
}

}  // namespace
}  // namespace accel::nvidia
