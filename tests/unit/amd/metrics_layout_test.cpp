// Our layouts of the metrics table against the facts of the kernel's header, read at run time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "backends/amd/gpu_metrics_layout.hpp"

namespace accel::amd {
namespace {

using nlohmann::json;

const json& facts() {
  static const json loaded = [] {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    const char* folder = std::getenv("ACCEL_ABI");
    if (folder == nullptr) return json();
    return json::parse(std::ifstream(std::string(folder) + "/amdgpu_gpu_metrics.json"));
  }();
  return loaded;
}

/// Name → offset and bytes, of everything but headers, padding and nested lists.
using Fields = std::map<std::string, std::pair<int, int>>;

Fields fields_of(const std::string& name) {
  Fields fields;
  for (const json& field : facts()["structs"][name]["fields"]) {
    const std::string key = field[0];
    if (key == "common_header" || key.starts_with("padding") || key == "xcp_stats") continue;
    fields[key] = {field[1], field[2]};
  }
  return fields;
}

Fields fields_of(std::span<const MetricsRow> rows, int size) {
  Fields fields;
  for (const MetricsRow& row : rows) {
    if (row.offset >= size) continue;
    fields[std::string(to_string(row.field))] = {row.offset, row.width * row.count};
  }
  return fields;
}

class MetricsLayouts : public ::testing::Test {
 protected:
  void SetUp() override {
    if (facts().is_null()) GTEST_SKIP() << "ACCEL_ABI is not set";
  }
};

TEST_F(MetricsLayouts, AreTheKernelsOfEveryRevision) {
  int compared = 0;
  for (const auto layouts : {discrete_layouts(), apu_layouts()}) {
    for (const MetricsLayout& layout : layouts) {
      const std::string dotted =
          std::to_string(layout.format) + "." + std::to_string(layout.content);
      const std::string name =
          "gpu_metrics_v" + std::to_string(layout.format) + "_" + std::to_string(layout.content);
      EXPECT_EQ(layout.size, facts()["size_by_revision"][dotted]) << name;
      EXPECT_EQ(fields_of(layout.rows, layout.size), fields_of(name)) << name;
      ++compared;
    }
  }
  EXPECT_EQ(compared, static_cast<int>(facts()["size_by_revision"].size()));
}

TEST_F(MetricsLayouts, AreTheKernelsOfEveryPartitionBlock) {
  const std::map<int, std::string> blocks{
      {6, "amdgpu_xcp_metrics"}, {7, "amdgpu_xcp_metrics_v1_1"}, {8, "amdgpu_xcp_metrics_v1_2"}};
  for (const MetricsLayout& layout : discrete_layouts()) {
    if (layout.partition_size == 0) continue;
    const std::string& name = blocks.at(layout.content);
    EXPECT_EQ(layout.partition_size, facts()["structs"][name]["size"]) << name;
    EXPECT_EQ(fields_of(layout.partition_rows, layout.partition_size), fields_of(name)) << name;
    for (const json& field :
         facts()["structs"]["gpu_metrics_v1_" + std::to_string(layout.content)]["fields"]) {
      if (field[0] != "xcp_stats") continue;
      EXPECT_EQ(layout.partitions_at, field[1]);
      EXPECT_EQ(layout.partition_size * kMostPartitions, field[2]);
    }
  }
  EXPECT_EQ(partition_layout().size, facts()["structs"]["amdgpu_partition_metrics_v1_0"]["size"]);
  EXPECT_EQ(fields_of(partition_layout().rows, partition_layout().size),
            fields_of("amdgpu_partition_metrics_v1_0"));
}

}  // namespace
}  // namespace accel::amd
