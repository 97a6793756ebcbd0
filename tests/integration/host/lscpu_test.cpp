// This machine's processors, field by field as lscpu has them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>

#include "accel/host.hpp"
#include "tool.hpp"

namespace accel::host {
namespace {

using nlohmann::json;
using testing::json_of;

/// Reads lscpu once; a test skips where there is none.
class Lscpu : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto document = json_of("LC_ALL=C lscpu -J");
    if (!document || !document->contains("lscpu")) GTEST_SKIP() << "no lscpu on this machine";
    collect(document->at("lscpu"));
  }

  /// Newer versions nest the fields.
  void collect(const json& list) {
    for (const auto& entry : list) {
      const auto name = entry.value("field", "");
      if (entry.contains("data") && entry["data"].is_string()) {
        fields_[name] = entry["data"].get<std::string>();
      }
      if (entry.contains("children")) collect(entry["children"]);
    }
  }
  std::string field(const std::string& name) const {
    const auto found = fields_.find(name + ":");
    return found == fields_.end() ? std::string{} : found->second;
  }
  std::int64_t number(const std::string& name) const { return std::stoll(field(name)); }

  std::map<std::string, std::string> fields_;
  CpuInfo cpu_ = host::cpu(Machine{});
};

TEST_F(Lscpu, AgreesOnMakeModelAndArchitecture) {
  EXPECT_EQ(cpu_.architecture.optional(), field("Architecture"));
  if (field("Architecture") != "x86_64") GTEST_SKIP() << "names of ARM parts differ by tool";
  EXPECT_EQ(cpu_.make.optional(), field("Vendor ID"));
  EXPECT_EQ(cpu_.model.optional(), field("Model name"));
}

TEST_F(Lscpu, AgreesOnSocketsCoresAndThreads) {
  ASSERT_TRUE(cpu_.socket_count);
  const auto sockets = number("Socket(s)");
  const auto cores = number("Core(s) per socket");
  const auto threads = number("Thread(s) per core");
  EXPECT_EQ(cpu_.socket_count.optional(), sockets);
  EXPECT_EQ(cpu_.physical_cores.optional(), sockets * cores);
  if (number("CPU(s)") == sockets * cores * threads) {
    EXPECT_EQ(cpu_.logical_cores.optional(), sockets * cores * threads);
  }
}

TEST_F(Lscpu, AgreesOnComputingFeatures) {
  if (field("Flags").empty()) GTEST_SKIP() << "lscpu lists no flags";
  std::istringstream words(field("Flags"));
  std::set<std::string> flags;
  for (std::string word; words >> word;) flags.insert(word);

  for (const auto& feature : cpu_.features) EXPECT_TRUE(flags.contains(feature)) << feature;
  for (const auto& flag : flags) {
    if (!flag.starts_with("avx") && !flag.starts_with("amx")) continue;
    EXPECT_NE(std::ranges::find(cpu_.features, flag), cpu_.features.end()) << flag;
  }
}

TEST_F(Lscpu, AgreesOnNumaNodes) {
  if (field("NUMA node(s)").empty()) GTEST_SKIP() << "lscpu sees no NUMA nodes";
  EXPECT_EQ(static_cast<std::int64_t>(cpu_.numa_nodes.size()), number("NUMA node(s)"));
}

TEST_F(Lscpu, AgreesOnEveryCache) {
  const auto document = json_of("LC_ALL=C lscpu -J -B -C");
  if (!document || !document->contains("caches")) GTEST_SKIP() << "lscpu lists no caches";
  for (const auto& row : document->at("caches")) {
    const auto level = row.at("level").get<int>();
    const auto type = row.at("type").get<std::string>();
    std::int64_t all = 0;
    for (const auto& cache : cpu_.caches) {
      if (cache.level != level || cache.type != type) continue;
      ASSERT_TRUE(cache.size);
      all += cache.size->value * cache.instances;
    }
    const auto& stated = row.at("all-size");
    const auto expected =
        stated.is_string() ? std::stoll(stated.get<std::string>()) : stated.get<std::int64_t>();
    EXPECT_EQ(all, expected) << "L" << level << " " << type;
  }
}

TEST_F(Lscpu, AgreesOnTheHypervisor) {
  const auto found = host::platform(Machine{}).virtualization;
  auto expected = field("Hypervisor vendor");
  std::ranges::transform(expected, expected.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (expected.empty()) {
    EXPECT_FALSE(found) << *found;
  } else {
    EXPECT_EQ(found.optional(), expected);
  }
}

}  // namespace
}  // namespace accel::host
