#include <gtest/gtest.h>

#include "unit/amd/card_tree.hpp"
#include "unit/amd/table_image.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;
using testing::CardTree;
using testing::TableImage;

class AmdPartitions : public ::testing::Test {
 protected:
  AmdPartitions() : card_(tree_.add()) {
    tree_.files.file(card_ / "unique_id", "00000000000000aa\n");
    for (int k = 0; k < 2; ++k) {
      const auto node = "sys/class/kfd/kfd/topology/nodes/" + std::to_string(k + 1);
      tree_.files.file(node + "/gpu_id", std::to_string(100 + k) + "\n")
          .file(node + "/properties", "location_id " + std::to_string(768 + (k << 28)) +
                                          "\ndomain 0\ndrm_render_minor " +
                                          std::to_string(128 + k) +
                                          "\nsimd_count 152\nsimd_per_cu 4\n"
                                          "gfx_target_version 90402\n")
          .file(node + "/mem_banks/0/properties", "heap_type 1\nsize_in_bytes 1073741824\n");
    }
    tree_.files.file(card_ / "gpu_metrics", TableImage(1, 6)
                                                .set(Field::temperature_hotspot, 40)
                                                .set_in(1, Field::gfx_busy_inst, 30, 0)
                                                .set_in(1, Field::gfx_busy_inst, 50, 1)
                                                .bytes());
  }

  CardTree tree_;
  std::filesystem::path card_;
};

TEST_F(AmdPartitions, AreDevicesWithAParent) {
  const auto system = tree_.system();
  const auto devices = system->devices();

  ASSERT_EQ(devices.size(), 3U);
  EXPECT_EQ(devices[0]->parent, "");
  EXPECT_EQ(devices[1]->parent, "GPU-00000000000000aa");
  EXPECT_EQ(devices[1]->uuid, "GPU-00000000000000aa-xcp0");
  EXPECT_EQ(devices[2]->partition, 1);
  EXPECT_EQ(devices[2]->global_index, 0) << "it is part of the one GPU";
  EXPECT_EQ(*devices[2]->memory, bytes(1073741824));
  EXPECT_EQ(*devices[2]->compute_capability, "gfx942");
}

TEST_F(AmdPartitions, ReadTheirOwnBlockOfTheTable) {
  const auto system = tree_.system();
  const auto samples = system->sample_all({});

  ASSERT_EQ(samples.size(), 3U);
  EXPECT_DOUBLE_EQ(samples[2].readings.get(metric::utilization)->value, 0.4);
  EXPECT_EQ(samples[1].readings.get(metric::utilization).status(), ReadingStatus::unsupported);
  EXPECT_EQ(samples[2].readings.get(metric::temperature).status(), ReadingStatus::unsupported)
      << "the whole GPU has one";
  EXPECT_EQ(*samples[0].readings.get(metric::temperature_hotspot), celsius(40));
}

}  // namespace
}  // namespace accel::amd
