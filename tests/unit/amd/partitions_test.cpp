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

TEST_F(AmdPartitions, ListTheProgramsOfTheirOwnNode) {
  const auto program = [&](int pid, const std::string& node) {
    const auto folder = std::filesystem::path("proc") / std::to_string(pid);
    tree_.files.file(folder / "cmdline", "train")
        .link(folder / "fd/3", node)
        .link(folder / "fd/4", "/dev/kfd")
        .file(folder / "fdinfo/3",
              "drm-driver:\tamdgpu\ndrm-pdev:\t0000:03:00.0\n"
              "drm-client-id:\t" +
                  std::to_string(pid) + "\ndrm-resident-vram:\t1 MiB\n");
  };
  program(10, "/dev/dri/renderD128");
  program(11, "/dev/dri/renderD129");
  // One of which the compute side alone tells, with memory in the second partition.
  tree_.files.file("proc/12/cmdline", "serve")
      .file("sys/class/kfd/kfd/proc/12/vram_100", "0\n")
      .file("sys/class/kfd/kfd/proc/12/vram_101", "2097152\n");
  const auto system = tree_.system();

  const auto samples = system->sample_all({.processes = true});

  const auto pids = [&](std::size_t device) {
    std::vector<std::int64_t> found;
    for (const auto& one : samples.at(device).processes.value().processes) found.push_back(one.pid);
    return found;
  };
  EXPECT_EQ(pids(0), (std::vector<std::int64_t>{10, 11})) << "the whole GPU";
  EXPECT_EQ(pids(1), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(pids(2), (std::vector<std::int64_t>{11, 12}));
  EXPECT_EQ(*samples[2].processes->processes[1].memory, mebibytes(2));
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
