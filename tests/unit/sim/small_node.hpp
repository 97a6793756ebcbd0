// A small simulated node for tests: a few GPUs of an invented product, with a clock that stands
// still until a test moves it.
#pragma once

#include <cstdlib>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "model/card_settings.hpp"
#include "model/physics.hpp"
#include "node/build.hpp"
#include "node/mapping.hpp"
#include "scenario/scenario.hpp"

namespace accel::sim::testing {

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "accel-sim-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The keys that every product needs; tests add to them.
inline std::string product_keys() {
  return R"(
name = "Test GPU"
addresses = ["0000:01:00.0", "0000:02:00.0", "0000:03:00.0", "0000:04:00.0"]
pci_device = 0x233010de
memory = "80 GiB"
memory_reserved = "512 MiB"
)";
}

inline std::string product_tables() {
  return R"(
[gpu.power]
min = "200 W"
max = "700 W"
default = "700 W"
idle = "70 W"
full = "800 W"
[gpu.clocks]
graphics_min = 345
graphics_max = 1980
graphics_idle = 345
memory = [2619, 1593]
memory_lockable = true
[gpu.thermal]
ambient = 28.0
resistance = 0.056
time_constant = 15.0
shutdown = 95
slowdown = 89
gpu_max = 87
)";
}

/// A scenario of `count` GPUs with the given load, an optional fan and more tables.
inline std::string scenario_text(int count, const std::string& load, const std::string& more = "") {
  return "clock = \"stopped\"\nseed = 7\n[host]\ncores = 2\n[gpu]\ncount = " +
         std::to_string(count) + product_keys() + product_tables() + "[[gpu.load]]\n" + load +
         '\n' + more;
}

/// The model of such a scenario in a mapping of its own.
class SmallNode {
 public:
  explicit SmallNode(const std::string& text) {
    Scenario scenario;
    const Problem problem = parse_scenario(text, "test.toml", scenario);
    if (problem) throw std::runtime_error(problem.text);
    mapping_ =
        Mapping::create(folder_.path() + "/model", gpu_total(scenario, 0), card_total(scenario, 0));
    if (!mapping_) throw std::runtime_error("no mapping");
    build_node(scenario, node());
  }

  [[nodiscard]] Node& node() const { return mapping_->node(); }
  [[nodiscard]] Gpu& gpu(std::size_t index = 0) const { return gpus_of(node())[index]; }
  [[nodiscard]] const std::string& folder() const { return folder_.path(); }

  /// Lets model time pass on every GPU.
  void pass(double seconds) {
    step_clock(node(), static_cast<std::int64_t>(seconds * 1e9));
    for (Gpu& each : gpus_of(node())) advance(node(), each, model_time(node()));
    for (Card& each : cards_of(node())) advance_card(node(), each, model_time(node()));
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Mapping> mapping_;
};

}  // namespace accel::sim::testing
