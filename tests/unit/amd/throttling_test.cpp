#include <gtest/gtest.h>

#include "backends/amd/throttlers.hpp"
#include "unit/amd/card_tree.hpp"
#include "unit/amd/table_image.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;
using testing::CardTree;
using testing::TableImage;

constexpr std::uint64_t bit(int number) { return std::uint64_t{1} << number; }

TEST(Throttlers, HaveANormalisedName) {
  EXPECT_EQ(throttle_reasons(bit(0)), TextList{"power_limit"});
  EXPECT_EQ(throttle_reasons(bit(16)), TextList{"current_limit"});
  EXPECT_EQ(throttle_reasons(bit(36)), TextList{"thermal"});
  EXPECT_EQ(throttle_reasons(bit(57)), TextList{"reliability"});
  EXPECT_EQ(throttle_reasons(bit(60)), TextList{"other"});
  EXPECT_TRUE(throttle_reasons(0).empty());
}

TEST(Throttlers, AreListedInOneOrderEachOnce) {
  EXPECT_EQ(throttle_reasons(bit(0) | bit(1) | bit(16) | bit(36) | bit(37)),
            (TextList{"thermal", "power_limit", "current_limit"}));
}

TEST(Throttlers, KeepTheDriversNames) {
  EXPECT_EQ(throttler_names(bit(0) | bit(36) | bit(60)),
            (TextList{"PPT0", "TEMP_HOTSPOT", "bit 60"}));
}

class AmdThrottling : public ::testing::Test {
 protected:
  AmdThrottling() : card_(tree_.add()) {}
  void mask(std::uint64_t value, const std::string& busy) {
    tree_.files.file(card_ / "gpu_metrics",
                     TableImage(1, 3).set(Field::indep_throttle_status, value).bytes());
    tree_.files.file(card_ / "gpu_busy_percent", busy);
  }
  void residencies(std::uint64_t counter, std::uint64_t power, std::uint64_t thermal) {
    tree_.files.file(card_ / "gpu_metrics", TableImage(1, 6)
                                                .set(Field::accumulation_counter, counter)
                                                .set(Field::ppt_residency_acc, power)
                                                .set(Field::prochot_residency_acc, 0)
                                                .set(Field::socket_thm_residency_acc, thermal)
                                                .set(Field::vr_thm_residency_acc, 0)
                                                .set(Field::hbm_thm_residency_acc, 0)
                                                .bytes());
  }

  CardTree tree_;
  std::filesystem::path card_;
};

TEST_F(AmdThrottling, CountsALimiterWithLoad) {
  mask(bit(36), "95\n");

  const ReadingSet readings = tree_.read();

  EXPECT_EQ(*readings.get(metric::throttle), TextList{"thermal"});
  EXPECT_EQ(*readings.get(metric::throttle_raw), TextList{"TEMP_HOTSPOT"});
}

TEST_F(AmdThrottling, CountsNoLimiterOfAnIdleGpu) {
  mask(bit(36), "1\n");

  const ReadingSet readings = tree_.read();

  EXPECT_TRUE(readings.get(metric::throttle)->empty());
  EXPECT_EQ(*readings.get(metric::throttle_raw), TextList{"TEMP_HOTSPOT"});
}

TEST_F(AmdThrottling, DoesNotGuessWhatALimiterMeansWithoutKnowingTheLoad) {
  mask(bit(36), "?\n");

  EXPECT_FALSE(tree_.read().get(metric::throttle));
}

TEST_F(AmdThrottling, ComparesTheCountersOfTwoSamples) {
  residencies(100, 10, 5);
  auto system = tree_.system();
  EXPECT_EQ(system->sample_all({}).at(0).readings.get(metric::throttle).status(),
            ReadingStatus::pending);

  residencies(200, 20, 5);
  EXPECT_EQ(*system->sample_all({}).at(0).readings.get(metric::throttle), TextList{"power_limit"});

  residencies(300, 20, 5);
  EXPECT_TRUE(system->sample_all({}).at(0).readings.get(metric::throttle)->empty());
}

}  // namespace
}  // namespace accel::amd
