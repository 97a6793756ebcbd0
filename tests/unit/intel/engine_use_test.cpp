// How busy engines are, as the sum over programs.
#include "support/as_nobody.hpp"
#include "unit/intel/fixture.hpp"

namespace accel::intel {
namespace {

using namespace std::chrono_literals;

class IntelEngineUse : public IntelTest {
 protected:
  IntelEngineUse() { add_xe_card(); }

  void client(int pid, const std::string& counters) {
    const Path folder = Path("proc") / std::to_string(pid);
    tree_.file(folder / "cmdline", "render")
        .file(folder / "fdinfo/5", "drm-driver: xe\ndrm-client-id: " + std::to_string(pid) +
                                       "\ndrm-pdev: 0000:03:00.0\n" + counters)
        .remove(folder / "fd/5")
        .link(folder / "fd/5", "/dev/dri/renderD128");
  }
  static std::string ran(const std::string& engine, int cycles, int total) {
    return "drm-cycles-" + engine + ": " + std::to_string(cycles) + "\ndrm-total-cycles-" + engine +
           ": " + std::to_string(total) + "\n";
  }
  ReadingSet slow_sample() {
    ReadingSet readings = sample();
    device().slow_reader()->sample_slowly(readings);
    return readings;
  }
};

TEST_F(IntelEngineUse, AddsUpTheProgramsOfEachEngine) {
  client(100, ran("rcs", 1'000, 10'000) + ran("ccs", 0, 10'000));
  client(101, ran("rcs", 5'000, 10'000) + ran("vcs", 0, 10'000));
  EXPECT_EQ(slow_sample().get(metric::utilization).status(), ReadingStatus::pending);

  client(100, ran("rcs", 1'200, 11'000) + ran("ccs", 100, 11'000));
  client(101, ran("rcs", 5'300, 11'000) + ran("vcs", 50, 11'000));
  clock_->advance(1s);
  const auto readings = slow_sample();

  EXPECT_DOUBLE_EQ(readings.get(metric::utilization_graphics)->value, 0.5);
  EXPECT_DOUBLE_EQ(readings.get(metric::utilization_compute)->value, 0.1);
  EXPECT_DOUBLE_EQ(readings.get(metric::utilization_media)->value, 0.05);
  EXPECT_DOUBLE_EQ(readings.get(metric::utilization_copy)->value, 0.0);
  EXPECT_DOUBLE_EQ(readings.get(metric::utilization)->value, 0.5) << "the busiest";
  EXPECT_EQ(readings.get(metric::power_state).optional(), "Active");
}

TEST_F(IntelEngineUse, CountsAProgramThatStartedMeanwhile) {
  client(100, ran("rcs", 1'000, 10'000));
  (void)slow_sample();

  client(100, ran("rcs", 1'000, 11'000));
  client(102, ran("rcs", 250, 11'000));
  clock_->advance(1s);

  EXPECT_DOUBLE_EQ(slow_sample().get(metric::utilization)->value, 0.25);
}

TEST_F(IntelEngineUse, IsNoneOfAnIdleDevice) {
  tree_.directory("proc");
  (void)slow_sample();
  clock_->advance(1s);

  const auto readings = slow_sample();

  EXPECT_EQ(*readings.get(metric::utilization), ratio(0));
  EXPECT_EQ(readings.get(metric::power_state).optional(), "Idle");
}

TEST_F(IntelEngineUse, IsNotToldWhereProgramsAreHidden) {
  client(100, ran("rcs", 1'000, 10'000));
  std::filesystem::permissions(tree_.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree_.root() / "proc/100/fd", std::filesystem::perms::none);
  discover();

  const int whole = accel::testing::as_nobody([&] {
    const auto utilization = slow_sample().get(metric::utilization);
    return utilization.status() == ReadingStatus::no_permission &&
           utilization.reason().find("looked at: 1") != std::string::npos;
  });
  std::filesystem::permissions(tree_.root() / "proc/100/fd", std::filesystem::perms::owner_all);

  EXPECT_EQ(whole, 1);
}

}  // namespace
}  // namespace accel::intel
