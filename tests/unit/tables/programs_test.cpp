// What the programs on a GPU of a system on a chip tell of the GPU as a whole.
#include <algorithm>

#include "tables/fixture.hpp"

namespace accel::testing {
namespace {

using namespace std::chrono_literals;

class SocGpu : public TableTest {
 protected:
  void build_mali(const std::string& profiling) {
    tree_.file(add("Arm") / "profiling", profiling);
    discover_at_clock();
  }
  std::filesystem::path add(std::string_view vendor) {
    const auto& trees = vendor_trees();
    return build(tree_, *std::ranges::find(trees, vendor, &VendorTree::vendor));
  }
  void add_adreno() {
    const auto& trees = vendor_trees();
    build(tree_, *std::ranges::find(trees, "SOC-3d00000.gpu", &VendorTree::uuid));
  }
  /// The display's device, with the nodes that it shares with the GPU.
  void add_display() {
    const std::filesystem::path display = "sys/devices/platform/ae01000.display-controller";
    tree_.link(display / "driver", "../../../bus/platform/drivers/msm_dpu")
        .file(display / "drm/renderD128/uevent", "DEVNAME=dri/renderD128\n")
        .link(display / "drm/renderD128/device", "../..")
        .link("sys/class/drm/renderD128",
              "../../devices/platform/ae01000.display-controller/drm/"
              "renderD128");
  }
  void open_adreno(std::int64_t busy) {
    open(10, "/dev/dri/renderD128",
         "drm-driver:\tmsm\ndrm-client-id:\t3\ndrm-engine-gpu:\t" + std::to_string(busy) + " ns\n");
  }
  void discover_at_clock() {
    system_ = std::make_unique<System>(Machine{.root = tree_.root(), .clock = clock_}, vendors_);
    system_->discover();
  }
  void open(int pid, std::int64_t busy) {
    open(pid, "/dev/dri/renderD129",
         "drm-driver:\tpanthor\ndrm-client-id:\t" + std::to_string(pid) +
             "\ndrm-engine-panthor:\t" + std::to_string(busy) +
             " ns\ndrm-resident-memory:\t1 MiB\n");
  }
  void open(int pid, const char* node, const std::string& fdinfo) {
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.file(folder / "cmdline", "glmark2")
        .file(folder / "fdinfo/3", fdinfo)
        .remove(folder / "fd/3")
        .link(folder / "fd/3", node);
  }

  std::shared_ptr<FakeClock> clock_ = std::make_shared<FakeClock>();
};

TEST_F(SocGpu, IsAsBusyAsItsProgramsTogether) {
  build_mali("3\n");
  open(10, 0);
  open(11, 0);
  EXPECT_EQ(sample().readings.get(metric::utilization).status(), ReadingStatus::pending);
  open(10, 200'000'000);
  open(11, 400'000'000);
  clock_->advance(1s);

  const DeviceSample second = sample();

  EXPECT_DOUBLE_EQ(second.readings.get(metric::utilization)->value, 0.6);
  EXPECT_FALSE(second.readings.get(metric::utilization_graphics)) << "one engine does everything";
  EXPECT_EQ(second.processes->processes.at(0).type, ProcessType::unknown);
  EXPECT_EQ(second.processes->processes.at(0).memory.optional(), mebibytes(1));
}

TEST_F(SocGpu, SaysThatItsDriverDoesNotCountWithoutProfiling) {
  build_mali("0\n");
  open(10, 0);
  (void)sample();
  clock_->advance(1s);

  const DeviceSample second = sample();

  const auto busy = second.readings.get(metric::utilization);
  EXPECT_EQ(busy.status(), ReadingStatus::unsupported);
  EXPECT_NE(busy.reason().find("profiling is 0"), std::string::npos) << busy.reason();
  EXPECT_FALSE(busy.remedy().empty());
  EXPECT_FALSE(second.processes->processes.at(0).utilization);
  EXPECT_FALSE(second.processes->processes.at(0).engines.at(0).share);
}

TEST_F(SocGpu, WhoseDriverCountsNothingHasProgramsWithoutNumbers) {
  add("Vivante");
  discover_at_clock();
  open(10, "/dev/dri/renderD128",
       "drm-driver:\tetnaviv\ndrm-client-id:\t7\ndrm-total-memory:\t12 MiB\n"
       "drm-shared-memory:\t0\ndrm-active-memory:\t0\n");
  open(11, "/dev/dri/renderD128", "pos:\t0\n");
  (void)sample();
  clock_->advance(1s);

  const DeviceSample second = sample();

  ASSERT_EQ(second.processes->processes.size(), 2U);
  EXPECT_EQ(second.processes->processes[0].pid, 10);
  EXPECT_EQ(second.processes->processes[1].pid, 11);
  for (const AcceleratorProcess& program : second.processes->processes) {
    EXPECT_EQ(program.memory.status(), ReadingStatus::unsupported);
    EXPECT_EQ(program.utilization.status(), ReadingStatus::unsupported);
  }
  EXPECT_EQ(second.readings.get(metric::utilization).status(), ReadingStatus::unsupported);
}

TEST_F(SocGpu, HasTheNodesThatTheDisplayHasForIt) {
  add_adreno();
  add_display();
  discover_at_clock();
  open_adreno(0);
  (void)sample();
  open_adreno(250'000'000);
  clock_->advance(1s);

  const DeviceSample second = sample();

  EXPECT_EQ(device().device_nodes, std::vector<std::string>{"/dev/dri/renderD128"});
  EXPECT_DOUBLE_EQ(second.readings.get(metric::utilization)->value, 0.25);
}

TEST_F(SocGpu, IsNotSaidToRestWhereItsNodeIsNotKnown) {
  add_adreno();
  discover_at_clock();
  open_adreno(0);
  (void)sample();
  clock_->advance(1s);

  const DeviceSample second = sample();

  EXPECT_FALSE(second.processes) << "nobody knows whose programs they are";
  EXPECT_EQ(second.readings.get(metric::utilization).status(), ReadingStatus::unsupported);
}

TEST_F(SocGpu, HasNoNodesOfTheDisplayWhereThereAreTwo) {
  add_adreno();
  add_display();
  tree_.directory("sys/devices/platform/3e00000.gpu")
      .link("sys/bus/platform/drivers/adreno/3e00000.gpu",
            "../../../../devices/platform/3e00000.gpu");
  discover_at_clock();

  ASSERT_EQ(system_->devices().size(), 2U);
  EXPECT_TRUE(device(0).device_nodes.empty());
  EXPECT_TRUE(device(1).device_nodes.empty());
}

TEST_F(SocGpu, OfUtgardHasProgramsByTheirOpenNode) {
  tree_.file("sys/devices/platform/1c40000.gpu/drm/renderD128/uevent", "DEVNAME=dri/renderD128\n")
      .link("sys/devices/platform/1c40000.gpu/driver", "../../../bus/platform/drivers/lima")
      .link("sys/bus/platform/drivers/lima/1c40000.gpu",
            "../../../../devices/platform/1c40000.gpu");
  open(10, "/dev/dri/renderD128", "pos:\t0\n");
  discover_at_clock();
  (void)sample();
  clock_->advance(1s);

  const DeviceSample second = sample();

  EXPECT_EQ(device().uuid, "SOC-1c40000.gpu");
  ASSERT_EQ(second.processes->processes.size(), 1U);
  EXPECT_EQ(second.processes->processes[0].pid, 10);
  EXPECT_EQ(second.readings.get(metric::utilization).status(), ReadingStatus::unsupported);
}

}  // namespace
}  // namespace accel::testing
