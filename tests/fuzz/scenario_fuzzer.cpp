// Scenario files: whatever the text, there is a scenario or a problem with its place; what parses
// can be built.
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "scenario/scenario.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  accel::sim::Scenario scenario;
  const accel::sim::Problem problem = accel::sim::parse_scenario(text, "fuzz.toml", scenario);
  if (problem) {
    require(problem.text.rfind("fuzz.toml:", 0) == 0);
    return 0;
  }
  for (const accel::sim::ScenarioGpu& gpu : scenario.gpus) {
    const accel::sim::Board& board = gpu.board;
    require(board.power.min_mw <= board.power.max_mw);
    require(board.clocks.graphics_min < board.clocks.graphics_max);
    require(board.clocks.memory_count > 0);
    require(board.mig_profile_count <= accel::sim::kMaxMigProfiles);
    require(!gpu.addresses.empty());
  }
  for (const accel::sim::ScenarioCard& card : scenario.cards) {
    require(card.board.clocks.graphics_min < card.board.clocks.graphics_max);
    require(card.board.clocks.memory_count > 0);
    require(card.product.media_min <= card.product.media_max);
    require(card.product.driver != accel::sim::Driver::amdgpu || card.product.metrics != 0);
    require(!card.addresses.empty());
  }
  return 0;
}
