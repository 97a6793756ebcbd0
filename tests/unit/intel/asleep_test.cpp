// A suspended device is listed and nothing of it is opened.
#include "accel/system.hpp"
#include "support/open_recorder.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using accel::testing::OpenRecorder;

class IntelAsleep : public IntelTest {
 protected:
  IntelAsleep() {
    card_ = add_xe_card("suspended");
    npu_ = add_npu("suspended");
    tree_.file("dev/dri/renderD128", "").file("dev/dri/card1", "").file("dev/accel/accel0", "");
  }

  Path card_;
  Path npu_;
};

TEST_F(IntelAsleep, IsListedAndLeftAlone) {
  OpenRecorder recorder(tree_.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";
  const std::vector<BackendEntry> entries{entry()};
  System system(machine_, entries);

  system.discover();
  const auto samples = system.sample_all({.processes = true, .slow = true});

  ASSERT_EQ(samples.size(), 2U);
  for (const auto& sample : samples) {
    EXPECT_EQ(sample.state, DeviceState::asleep);
    EXPECT_EQ(sample.readings.get(metric::temperature).status(), ReadingStatus::asleep);
    EXPECT_TRUE(sample.info->model) << "what is known without asking it";
  }
  const auto opened = recorder.opened();
  EXPECT_TRUE(opened.contains("runtime_status")) << "the recorder saw nothing";
  for (const auto& folder :
       {hwmon_, card_ / "tile0/gt0/freq0", card_ / "tile0/gt0/gtidle",
        card_ / "tile0/gt0/freq0/throttle", Path("dev/dri"), Path("dev/accel")}) {
    for (const auto& file : std::filesystem::directory_iterator(tree_.root() / folder)) {
      if (file.is_directory()) continue;
      EXPECT_FALSE(opened.contains(file.path().filename().string())) << file.path();
    }
  }
  for (const char* file : {"npu_busy_time_us", "npu_current_frequency_mhz"}) {
    EXPECT_FALSE(opened.contains(file)) << file;
  }
}

TEST_F(IntelAsleep, IsLeftAloneByItsOwnDeviceToo) {
  discover();
  OpenRecorder recorder(tree_.root());
  if (!recorder.works()) GTEST_SKIP() << "inotify is not to be had here";

  for (const auto& device : devices_) {
    ReadingSet readings;
    device->sample(readings);
    EXPECT_EQ(readings.get(metric::power_state).optional(), "Suspended");
    EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::asleep);
    EXPECT_EQ(device->process_lister()->processes().error().code, Errc::device_asleep);
  }
  EXPECT_EQ(recorder.opened(), std::set<std::string>{"runtime_status"});
}

TEST_F(IntelAsleep, IsReadWhenTheUserWantsItWoken) {
  machine_.wake = true;

  const auto readings = sample(1);

  EXPECT_EQ(*readings.get(metric::temperature), celsius(54));
  EXPECT_EQ(readings.get(metric::power).status(), ReadingStatus::pending);
  EXPECT_NE(readings.get(metric::power).reason().find("asleep until now"), std::string::npos);
}

TEST_F(IntelAsleep, MayHaveWokenSinceItWasFound) {
  discover();
  tree_.file(card_ / "power/runtime_status", "active\n");

  EXPECT_EQ(info(1).state, DeviceState::asleep);
  EXPECT_EQ(*sample(1).get(metric::temperature), celsius(54));
}

}  // namespace
}  // namespace accel::intel
