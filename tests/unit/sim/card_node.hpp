// A simulated node with cards of other vendors than NVIDIA, and its files, for tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "node/drivers.hpp"
#include "tree/card_refresh.hpp"
#include "tree/tree.hpp"
#include "unit/sim/small_node.hpp"

namespace accel::sim::testing {

/// A graphics card of AMD's with a fan, at 0000:03:00.0.
inline std::string radeon(const std::string& load = "high = 0.5", const std::string& more = "") {
  return R"(
[[card]]
driver = "amdgpu"
name = "Test Radeon"
addresses = ["0000:03:00.0", "0000:04:00.0"]
pci_device = 0x744c1002
memory = "24 GiB"
)" + more +
         R"(
[card.power]
min = "200 W"
max = "400 W"
default = "300 W"
idle = "15 W"
full = "420 W"
[card.clocks]
graphics_min = 500
graphics_max = 2500
graphics_idle = 50
memory = [1250, 750, 100]
memory_idle = 100
[card.thermal]
resistance = 0.05
time_constant = 20.0
shutdown = 105
slowdown = 100
gpu_max = 95
memory_max = 108
[card.fan]
count = 1
min = 15
rpm = 3200
[card.amdgpu]
gfx_target = "gfx1100"
compute_units = 96
gpu_metrics = "1.3"
overdrive = true
[[card.load]]
)" + load +
         '\n';
}

/// An accelerator of AMD's that can be divided; two of them are linked.
inline std::string instinct(const std::string& more = "") {
  return R"(
[[card]]
driver = "amdgpu"
name = "Test Instinct"
count = 2
addresses = ["0000:05:00.0", "0000:26:00.0"]
pci_device = 0x74a11002
pci_class = 0x120000
memory = "192 GiB"
)" + more +
         R"(
[card.power]
min = "100 W"
max = "750 W"
default = "750 W"
idle = "140 W"
full = "820 W"
[card.clocks]
graphics_min = 500
graphics_max = 2100
graphics_idle = 132
memory = [1300, 900]
[card.thermal]
resistance = 0.05
shutdown = 100
slowdown = 95
gpu_max = 92
memory_max = 105
[card.amdgpu]
gfx_target = "gfx942"
compute_units = 304
gpu_metrics = "1.7"
overdrive = true
partitions = true
xgmi = true
[[card.load]]
high = 0.9
)";
}

/// A card of Intel's behind its own switch.
inline std::string arc(const std::string& driver = "xe") {
  return "[[card]]\ndriver = \"" + driver + R"("
name = "Test Arc"
addresses = ["0000:09:00.0"]
pci_device = 0xe20b8086
own_switch = true
pcie_generation = 4
pcie_width = 8
memory = "12 GiB"
[card.power]
min = "50 W"
max = "190 W"
default = "190 W"
idle = "14 W"
full = "215 W"
[card.clocks]
graphics_min = 400
graphics_max = 2800
graphics_idle = 400
memory = [2375]
[card.thermal]
resistance = 0.1
shutdown = 125
slowdown = 100
gpu_max = 95
[[card.load]]
high = 0.6
)";
}

/// A processor with a GPU and a neural engine.
inline std::string ryzen_ai(const std::string& npu_load = "high = 0.6") {
  return R"(
[[card]]
driver = "amdgpu"
name = "Test 890M"
addresses = ["0000:c4:00.0"]
integrated = true
pci_device = 0x150e1002
pcie_generation = 4
pcie_width = 16
memory = "4 GiB"
[card.power]
min = "2 W"
max = "33 W"
default = "33 W"
idle = "2 W"
full = "36 W"
[card.clocks]
graphics_min = 800
graphics_max = 2900
graphics_idle = 800
memory = [1000, 400]
[card.thermal]
resistance = 1.0
shutdown = 110
slowdown = 100
gpu_max = 95
[card.amdgpu]
gfx_target = "gfx1150"
compute_units = 16
gpu_metrics = "3.0"
overdrive = true
[[card.load]]
high = 0.5
[[card]]
driver = "amdxdna"
name = "Test NPU"
addresses = ["0000:c5:00.0"]
integrated = true
kind = "RyzenAI-npu4"
firmware = "1.0.0.63"
pci_device = 0x17f01022
[card.power]
min = "0.1 W"
max = "6 W"
default = "6 W"
idle = "0.1 W"
full = "5 W"
[card.clocks]
graphics_min = 396
graphics_max = 1267
graphics_idle = 396
memory = [1000]
[[card.load]]
)" + npu_load +
         '\n';
}

class CardNode {
 public:
  explicit CardNode(const std::string& cards, const std::string& more = "")
      : node_(text_of(cards, more)) {
    const Problem problem = parse_scenario(text_of(cards, more), "test.toml", scenario_);
    if (problem) throw std::runtime_error(problem.text);
    const Problem trouble = write_tree(scenario_, node(), root());
    if (trouble) throw std::runtime_error(trouble.text);
  }

  [[nodiscard]] Node& node() const { return node_.node(); }
  [[nodiscard]] Card& card(std::size_t index = 0) const { return cards_of(node())[index]; }
  [[nodiscard]] std::string root() const { return node_.folder() + "/root"; }
  [[nodiscard]] std::string device(std::size_t index = 0) const {
    return card_folder(card(index), root()) + '/';
  }

  /// Lets time pass and brings the files of every card up to date.
  void pass(double seconds) {
    step_clock(node(), static_cast<std::int64_t>(seconds * 1e9));
    refresh_cards(node(), root());
  }

  /// A file of the tree, or of a card where the path is relative.
  [[nodiscard]] std::string read(const std::string& path, std::size_t index = 0) const {
    std::ifstream file(path.front() == '/' ? root() + path : device(index) + path,
                       std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  [[nodiscard]] long number(const std::string& path, std::size_t index = 0) const {
    return std::stol(read(path, index));
  }
  [[nodiscard]] bool has(const std::string& path, std::size_t index = 0) const {
    return std::filesystem::exists(path.front() == '/' ? root() + path : device(index) + path);
  }

  /// What write(2) to a file of a card would give.
  int write(const std::string& name, const std::string& text, std::size_t index = 0) {
    const Lock lock(node());
    return write_card_file(node(), card(index), root(), name, text);
  }

  void inject(const std::string& text) {
    std::string why;
    if (!parse_fault(text, model_time(node()), node().faults[node().fault_count], why)) {
      throw std::runtime_error(why);
    }
    ++node().fault_count;
    refresh_cards(node(), root());
  }
  void clear() {
    node().fault_count = 0;
    refresh_cards(node(), root());
  }

 private:
  static std::string text_of(const std::string& cards, const std::string& more) {
    return more + "clock = \"stopped\"\nseed = 7\n[host]\ncores = 2\n" + cards;
  }

  SmallNode node_;
  Scenario scenario_;
};

}  // namespace accel::sim::testing
