// Faults on cards that are read through files.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>

#include "tree/card_faults.hpp"
#include "unit/sim/card_node.hpp"

namespace accel::sim {
namespace {

using testing::CardNode;
using testing::radeon;

/// Two cards, of which the first is spoilt.
class CardFault : public ::testing::Test {
 protected:
  CardNode node_{radeon("high = 0.5", "count = 2\n")};
};

TEST_F(CardFault, TakesAFileAwayAndGivesItBack) {
  node_.inject("0 not-supported@temp1_input");

  EXPECT_FALSE(node_.has("hwmon/hwmon2/temp1_input"));
  EXPECT_TRUE(node_.has("hwmon/hwmon2/temp2_input"));
  EXPECT_TRUE(node_.has("hwmon/hwmon3/temp1_input", 1));
  node_.clear();
  EXPECT_TRUE(node_.has("hwmon/hwmon2/temp1_input"));
}

TEST_F(CardFault, SpoilsFilesWithGarbage) {
  const std::string table = node_.read("gpu_metrics");

  node_.inject("0000:03:00.0 garbage");

  EXPECT_NE(node_.read("gpu_busy_percent").find('\xFF'), std::string::npos);
  EXPECT_NE(node_.read("gpu_metrics"), table);
  EXPECT_EQ(node_.read("gpu_busy_percent", 1), "50\n");
  node_.clear();
  EXPECT_EQ(node_.read("gpu_busy_percent"), "50\n");
  EXPECT_EQ(node_.read("gpu_metrics").size(), table.size());
}

TEST_F(CardFault, TakesAwayTheRightToRead) {
  node_.inject("0 no-permission@gpu_busy_percent");
  struct stat status {};
  ::stat((node_.device() + "gpu_busy_percent").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0U);

  node_.clear();
  ::stat((node_.device() + "gpu_busy_percent").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

TEST_F(CardFault, LosesTheCard) {
  node_.inject("0 lost");

  EXPECT_EQ(node_.read("config"), std::string(256, '\xFF'));
  EXPECT_EQ(node_.read("gpu_metrics"), std::string(120, '\xFF'));
  EXPECT_EQ(node_.read("power/runtime_status"), "error\n");
  EXPECT_EQ(node_.write("hwmon/hwmon2/power1_cap", "300000000"), ENODEV);
  EXPECT_EQ(node_.read("power/runtime_status", 1), "active\n");
  node_.clear();
  EXPECT_EQ(node_.read("config").substr(0, 2), "\x02\x10");
  EXPECT_EQ(node_.read("power/runtime_status"), "active\n");
}

TEST_F(CardFault, EndsWithItsTime) {
  node_.inject("0 garbage for=5s");
  EXPECT_NE(node_.read("gpu_busy_percent"), "50\n");

  node_.pass(6);
  EXPECT_EQ(node_.read("gpu_busy_percent"), "50\n");
}

TEST_F(CardFault, BeginsAfterSoManyReadings) {
  node_.inject("0 not-supported@gpu_busy_percent after=2");
  for (int reading = 0; reading < 2; ++reading) {
    EXPECT_TRUE(node_.has("gpu_busy_percent")) << reading;
    count_reading(node_.node(), node_.card());
    node_.pass(1);
  }
  EXPECT_FALSE(node_.has("gpu_busy_percent"));
}

}  // namespace
}  // namespace accel::sim
