// Cards that are read through files, by way of sim.h: brought up to date before a program reads,
// and given values as their drivers would take them.
#include <cerrno>
#include <thread>

#include "integration/sim/simulated.hpp"

namespace accel::sim::testing {
namespace {

/// The node `mixed`, whose Radeon is card 2 of DRM.
class CardLibrary : public SimulatedNode {
 protected:
  void SetUp() override { ASSERT_EQ(open(shipped("mixed")), ""); }

  std::string root() const { return text("accel_sim_root"); }
  std::string radeon(const std::string& file) const {
    return root() + "/sys/class/drm/card9/device/" + file;
  }
  static std::string read(const std::string& path) {
    std::ifstream file(path);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
  }
  int write(const std::string& path, const std::string& value) {
    return simulator()("accel_sim_write", node_, path.c_str(), value.data(), value.size());
  }
  void refresh(const char* address) {
    reinterpret_cast<void (*)(accel_sim_node*, const char*)>(simulator().find("accel_sim_refresh"))(
        node_, address);
  }
};

TEST_F(CardLibrary, TakesAValueByAnyWayToTheFile) {
  const std::string cap = radeon("hwmon/hwmon3/power1_cap");

  EXPECT_EQ(write(cap, "320000000\n"), 0);
  EXPECT_EQ(read(cap), "320000000\n");
  EXPECT_EQ(
      write(root() + "/sys/bus/pci/devices/0000:43:00.0/hwmon/hwmon3/power1_cap", "310000000"), 0);
  EXPECT_EQ(read(cap), "310000000\n");
}

TEST_F(CardLibrary, RefusesAsTheKernelDoes) {
  EXPECT_EQ(write(radeon("hwmon/hwmon3/power1_cap"), "900000000"), EINVAL);
  EXPECT_EQ(write(radeon("gpu_busy_percent"), "1"), EACCES);
  EXPECT_EQ(write(radeon("no_such_file"), "1"), ENOENT);
  EXPECT_EQ(write(root() + "/proc/stat", "1"), EACCES);
  EXPECT_EQ(write("/proc/version", "1"), EACCES) << "outside of the tree";
}

TEST_F(CardLibrary, KeepsWhatWasSetForTheNextProgram) {
  EXPECT_EQ(write(radeon("power_dpm_force_performance_level"), "low"), 0);

  ASSERT_EQ(open_named(""), "");

  EXPECT_EQ(read(radeon("power_dpm_force_performance_level")), "low\n");
}

TEST_F(CardLibrary, BringsADeviceUpToDateBeforeItIsRead) {
  const std::string before = read(radeon("gpu_metrics"));
  refresh("0000:43:00.0");
  EXPECT_EQ(read(radeon("gpu_metrics")), before) << "the clock is stopped";

  std::ofstream(radeon("gpu_metrics")) << "spoilt";
  step(7);
  refresh("0000:43:00.0");
  EXPECT_EQ(read(radeon("gpu_metrics")).size(), before.size());
  EXPECT_NE(read(radeon("gpu_metrics")), before);
}

TEST_F(CardLibrary, HangsUntilTheFaultIsCleared) {
  ASSERT_EQ(inject("0000:43:00.0", "hung"), "");
  std::thread reader([&] { refresh("0000:43:00.0"); });

  refresh("0000:31:00.0");
  refresh("");
  clear();
  reader.join();
}

}  // namespace
}  // namespace accel::sim::testing
