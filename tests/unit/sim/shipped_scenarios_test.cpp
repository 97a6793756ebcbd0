// The scenarios that are installed: each parses, and behaves as its product does.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "unit/sim/small_node.hpp"

namespace accel::sim {
namespace {

std::string scenario_file(const std::string& name) {
  std::ifstream file(std::string(ACCEL_SIM_SCENARIOS) + '/' + name + ".toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// NVIDIA's GPUs and the cards of others.
std::vector<const Gpu*> devices_of(const Node& node) {
  std::vector<const Gpu*> devices;
  for (const Gpu& gpu : gpus_of(node)) devices.push_back(&gpu);
  for (const Card& card : cards_of(node)) devices.push_back(&card.gpu);
  return devices;
}

class ShippedScenario : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedScenario, RunsAnHourWithinTheLimitsOfItsProduct) {
  testing::SmallNode node("clock = \"stopped\"\n" + scenario_file(GetParam()));

  for (int minute = 0; minute < 60; ++minute) {
    node.pass(60);
    for (const Gpu* each : devices_of(node.node())) {
      const Gpu& gpu = *each;
      const Board& board = board_of(node.node(), gpu);
      EXPECT_LE(gpu.power_mw, gpu.settings.power_limit_mw);
      EXPECT_GE(gpu.power_mw, board.power.idle_mw * 0.98);
      EXPECT_LT(gpu.temperature, board.thermal.slowdown);
      EXPECT_GE(gpu.graphics_mhz, std::min(board.clocks.graphics_min, board.clocks.graphics_idle));
      EXPECT_LE(gpu.graphics_mhz, board.clocks.graphics_max);
      if (board.memory_total > 0) {
        EXPECT_LE(memory_in_use(gpu) + board.memory_reserved, board.memory_total);
      }
    }
  }
}

TEST_P(ShippedScenario, GivesEachGpuAnIdentityOfItsOwn) {
  testing::SmallNode node("clock = \"stopped\"\n" + scenario_file(GetParam()));
  std::set<std::string> uuids;
  std::set<std::uint64_t> addresses;
  for (const Gpu& gpu : gpus_of(node.node())) uuids.emplace(gpu.uuid.view());
  const auto devices = devices_of(node.node());
  for (const Gpu* gpu : devices) {
    addresses.insert(std::uint64_t{gpu->domain} << 32 | gpu->bus << 8 | gpu->device);
  }
  EXPECT_EQ(uuids.size(), node.node().gpu_count);
  EXPECT_EQ(addresses.size(), devices.size());
}

INSTANTIATE_TEST_SUITE_P(All, ShippedScenario,
                         ::testing::Values("dgx-h100", "dgx-a100", "geforce", "t4", "mixed",
                                           "mi300x", "workstation", "laptop", "ryzen-ai", "arc"));

}  // namespace
}  // namespace accel::sim
