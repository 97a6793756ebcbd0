// The programs on a device, by the drivers' own words for engines and memory.
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

class IntelPrograms : public IntelTest {
 protected:
  /// A program with the device open, and what the kernel tells of the open file.
  void open(int pid, const std::string& fdinfo, const std::string& node = "/dev/dri/renderD128") {
    const Path folder = Path("proc") / std::to_string(pid);
    tree_.file(folder / "comm", "render\n")
        .file(folder / "cmdline", "/usr/bin/render")
        .file(folder / "status", "Name:\trender\nUid:\t1000\t1000\t1000\t1000\n")
        .file(folder / "fdinfo/5", fdinfo)
        .remove(folder / "fd/5")
        .link(folder / "fd/5", node);
  }
  ProcessList list() {
    auto list = device().process_lister()->processes();
    return list ? *list : ProcessList{};
  }
};

std::string xe_client(int cycles, int total) {
  return "drm-driver:\txe\ndrm-client-id:\t7\ndrm-pdev:\t0000:03:00.0\n"
         "drm-resident-vram0:\t512 KiB\ndrm-resident-gtt:\t64 KiB\n"
         "drm-cycles-ccs:\t" +
         std::to_string(cycles) + "\ndrm-total-cycles-ccs:\t" + std::to_string(total) +
         "\ndrm-engine-capacity-ccs:\t2\n";
}

TEST_F(IntelPrograms, AreJudgedByCyclesUnderXe) {
  add_xe_card();
  open(100, xe_client(1'000, 10'000));

  EXPECT_EQ(list().processes.at(0).utilization.status(), ReadingStatus::pending);
  open(100, xe_client(1'500, 11'000));
  clock_->advance(1s);
  const auto program = list().processes.at(0);

  EXPECT_EQ(*program.utilization, ratio(0.25)) << "500 of 1000 cycles, two engines";
  EXPECT_EQ(program.type, ProcessType::compute);
  EXPECT_EQ(*program.memory, kibibytes(512)) << "of the card's own";
}

TEST_F(IntelPrograms, AreJudgedByTimeUnderI915) {
  add_i915_integrated();
  const auto client = [](const char* busy) {
    return std::string("drm-driver: i915\ndrm-client-id: 3\ndrm-pdev: 0000:00:02.0\n") +
           "drm-engine-render: " + busy + " ns\ndrm-engine-video: 0 ns\n" +
           "drm-resident-system0: 2 MiB\n";
  };
  open(200, client("1000000000"));

  (void)list();
  open(200, client("1400000000"));
  clock_->advance(1s);
  const auto program = list().processes.at(0);

  EXPECT_EQ(*program.utilization, ratio(0.4));
  EXPECT_EQ(program.type, ProcessType::graphics);
  EXPECT_EQ(*program.memory, mebibytes(2)) << "of the host's, which is all it has";
}

std::string xe_counters(int pid, const std::string& engines) {
  return "drm-driver: xe\ndrm-client-id: " + std::to_string(pid) + "\ndrm-pdev: 0000:03:00.0\n" +
         engines;
}

std::string ran(const std::string& engine, int cycles, int total) {
  return "drm-cycles-" + engine + ": " + std::to_string(cycles) + "\ndrm-total-cycles-" + engine +
         ": " + std::to_string(total) + "\n";
}

TEST_F(IntelPrograms, TogetherAreTheUseOfACard) {
  add_xe_card();
  open(100, xe_counters(100, ran("rcs", 1'000, 10'000) + ran("bcs", 0, 10'000)));
  open(101, xe_counters(101, ran("rcs", 5'000, 10'000) + ran("vecs", 0, 10'000)));
  EXPECT_EQ(list().sums.get(metric::utilization).status(), ReadingStatus::pending);
  open(100, xe_counters(100, ran("rcs", 1'200, 11'000) + ran("bcs", 100, 11'000)));
  open(101, xe_counters(101, ran("rcs", 5'300, 11'000) + ran("vecs", 50, 11'000)));
  clock_->advance(1s);

  const auto sums = list().sums;

  EXPECT_DOUBLE_EQ(sums.get(metric::utilization)->value, 0.5) << "the busiest engine";
  EXPECT_DOUBLE_EQ(sums.get(metric::utilization_graphics)->value, 0.5);
  EXPECT_DOUBLE_EQ(sums.get(metric::utilization_copy)->value, 0.1);
  EXPECT_DOUBLE_EQ(sums.get(metric::utilization_media)->value, 0.05);
  EXPECT_EQ(sums.get(metric::utilization_compute).status(), ReadingStatus::unsupported)
      << "no program has a line of it";
  EXPECT_EQ(sums.get(metric::power_state).optional(), "Active");
}

TEST_F(IntelPrograms, LeaveAnIdleDeviceWhereThereAreNone) {
  add_i915_integrated();
  tree_.directory("proc");
  (void)list();
  clock_->advance(1s);

  const auto sums = list().sums;

  EXPECT_EQ(sums.get(metric::utilization).optional(), ratio(0));
  EXPECT_EQ(sums.get(metric::power_state).optional(), "Idle");
}

TEST_F(IntelPrograms, TellNoUseUnderAKernelThatCountsNone) {
  add_i915_integrated();
  open(200, "drm-driver: i915\ndrm-client-id: 3\ndrm-pdev: 0000:00:02.0\n");
  (void)list();
  clock_->advance(1s);

  const auto busy = list().sums.get(metric::utilization);

  EXPECT_EQ(busy.status(), ReadingStatus::unsupported);
  EXPECT_NE(busy.reason().find("no line drm-engine-compute"), std::string::npos) << busy.reason();
}

TEST_F(IntelPrograms, OfAnNpuHaveMemoryAndNoShare) {
  add_npu();
  open(300,
       "drm-driver: intel_vpu\ndrm-client-id: 1\ndrm-pdev: 0000:00:0b.0\n"
       "drm-resident-memory: 4096\n",
       "/dev/accel/accel0");

  const auto program = list().processes.at(0);

  EXPECT_EQ(*program.memory, bytes(4'096));
  EXPECT_EQ(program.utilization.status(), ReadingStatus::unsupported);
  EXPECT_FALSE(program.utilization.reason().empty());
  EXPECT_EQ(program.type, ProcessType::compute) << "it can do nothing else";
}

TEST_F(IntelPrograms, OfAnotherDeviceAreNotOurs) {
  add_xe_card();
  open(400, "drm-driver: xe\ndrm-client-id: 7\ndrm-pdev: 0000:04:00.0\n");
  open(401, "drm-driver: amdgpu\ndrm-client-id: 8\ndrm-pdev: 0000:03:00.0\n");

  EXPECT_TRUE(list().processes.empty());
}

}  // namespace
}  // namespace accel::intel
