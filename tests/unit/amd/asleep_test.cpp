// A suspended GPU is listed and left alone. inotify tells every file that was opened.
#include <gtest/gtest.h>

#include "support/open_recorder.hpp"
#include "unit/amd/card_tree.hpp"

namespace accel::amd {
namespace {

using accel::testing::OpenRecorder;
using testing::CardTree;

class AsleepAmdGpu : public ::testing::Test {
 protected:
  AsleepAmdGpu() : card_(tree_.add("0000:03:00.0", 0, "suspended")) {
    const auto sensors = tree_.add_sensors(card_);
    tree_.files.file(sensors / "power1_average", "21500000\n")
        .file(card_ / "unique_id", "946d7e1ef9b172dd\n")
        .file(card_ / "gpu_busy_percent", "3\n")
        .file(card_ / "gpu_metrics", std::string(120, '\0'))
        .file(card_ / "pp_dpm_sclk", "0: 500Mhz *\n");
  }

  CardTree tree_;
  std::filesystem::path card_;
};

TEST_F(AsleepAmdGpu, IsListedWithItsIdentityAndNotTouched) {
  OpenRecorder recorder(tree_.files.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";

  const auto system = tree_.system();
  const auto samples = system->sample_all({.processes = true, .slow = true});
  const auto opened = recorder.opened();

  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0].state, DeviceState::asleep);
  EXPECT_EQ(system->devices()[0]->uuid, "GPU-946d7e1ef9b172dd");
  EXPECT_EQ(samples[0].readings.get(metric::power).status(), ReadingStatus::asleep);
  EXPECT_TRUE(opened.contains("runtime_status")) << "the recorder saw nothing";
  for (const char* file : {"name", "power1_average", "gpu_busy_percent", "gpu_metrics",
                           "pp_dpm_sclk", "card0", "renderD128", "current_link_speed"}) {
    EXPECT_FALSE(opened.contains(file)) << file << " wakes it";
  }
}

TEST_F(AsleepAmdGpu, IsReadWhenTheUserWantsItWoken) {
  const auto system = tree_.system(true);

  EXPECT_EQ(*system->sample_all({}).at(0).readings.get(metric::power), microwatts(21'500'000));
}

TEST_F(AsleepAmdGpu, IsLeftAloneWhenItFellAsleepSinceItWasFound) {
  tree_.files.file(card_ / "power/runtime_status", "active\n");
  const auto system = tree_.system();
  tree_.files.file(card_ / "power/runtime_status", "suspended\n");

  EXPECT_EQ(system->sample_all({}).at(0).readings.get(metric::power).status(),
            ReadingStatus::asleep);
}

}  // namespace
}  // namespace accel::amd
