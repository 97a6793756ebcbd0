// The picture of a node that `accel sim show` prints, and the list of scenarios.

#include <algorithm>
#include <filesystem>
#include <vector>

#include "../model/card_settings.hpp"
#include "../model/physics.hpp"
#include "../tree/cards.hpp"
#include "json.hpp"
#include "node_actions.hpp"

namespace accel::sim {
namespace {

constexpr std::string_view kReasons[] = {
    "gpu_idle",   "applications_clocks_setting", "sw_power_cap",        "hw_slowdown",
    "sync_boost", "sw_thermal_slowdown",         "hw_thermal_slowdown", "hw_power_brake_slowdown"};

std::int64_t integer(std::uint64_t value) { return static_cast<std::int64_t>(value); }

void add_reasons(JsonText& json, std::uint64_t reasons) {
  json.begin_array("throttle_reasons");
  for (std::size_t i = 0; i < std::size(kReasons); ++i) {
    if ((reasons >> i & 1) != 0) json.add("", kReasons[i]);
  }
  json.end_array();
}

void add_processes(JsonText& json, const Gpu& gpu) {
  json.begin_array("processes");
  for (std::uint32_t i = 0; i < gpu.process_count; ++i) {
    json.begin_object();
    json.add("pid", std::int64_t{gpu.processes[i].pid});
    json.add("name", gpu.processes[i].name.view());
    json.add("memory_bytes", integer(gpu.processes[i].memory));
    json.end_object();
  }
  json.end_array();
}

void add_instances(JsonText& json, const Gpu& gpu, const Board& board) {
  json.begin_array("instances");
  for (const GpuInstance& instance : gpu.instances) {
    if (instance.used == 0) continue;
    json.begin_object();
    json.add("id", std::int64_t{instance.id});
    json.add("profile", board.mig_profiles[instance.profile].name.view());
    json.add("start", std::int64_t{instance.start});
    json.begin_array("compute");
    for (const ComputeInstance& compute : instance.compute) {
      if (compute.used != 0) json.add("", compute.uuid.view());
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void add_gpu(JsonText& json, const Node& node, const Gpu& gpu) {
  const Board& board = board_of(node, gpu);
  char address[24];
  std::snprintf(address, sizeof address, "%04x:%02x:%02x.0", gpu.domain, gpu.bus, gpu.device);
  json.begin_object();
  json.add("index", std::int64_t{gpu.position});
  json.add("name", board.name.view());
  json.add("uuid", gpu.uuid.view());
  json.add("pci_address", std::string_view(address));
  json.add("load", gpu.load);
  json.add("power_watts", gpu.power_mw / 1000);
  json.add("power_limit_watts", gpu.settings.power_limit_mw / 1000.0);
  json.add("temperature_celsius", gpu.temperature);
  json.add("graphics_mhz", std::int64_t{gpu.graphics_mhz});
  json.add("memory_mhz", std::int64_t{gpu.memory_mhz});
  json.add("memory_used_bytes", integer(memory_in_use(gpu)));
  json.add("memory_total_bytes", integer(board.memory_total));
  if (board.fan.count > 0) json.add("fan_percent", gpu.fan_percent[0]);
  add_reasons(json, gpu.reasons);
  json.add("mig", gpu.settings.mig_current != 0);
  json.add("suspended", gpu.suspended != 0);
  json.add("wake_count", std::int64_t{gpu.wake_count});
  json.add("lost", gpu.lost != 0);
  add_instances(json, gpu, board);
  add_processes(json, gpu);
  json.end_object();
}

void add_card(JsonText& json, const Node& node, const Card& card) {
  const Board& board = board_of(node, card.gpu);
  json.begin_object();
  json.add("index", std::int64_t{card.gpu.position});
  json.add("name", board.name.view());
  json.add("driver", driver_name(product_of(node, card).driver));
  json.add("pci_address", pci_name(card));
  json.add("load", card.gpu.load);
  json.add("power_watts", card.gpu.power_mw / 1000);
  json.add("power_limit_watts", card.gpu.settings.power_limit_mw / 1000.0);
  json.add("temperature_celsius", card.gpu.temperature);
  json.add("clock_mhz", std::int64_t{card.gpu.graphics_mhz});
  json.add("memory_used_bytes", integer(memory_in_use(card.gpu)));
  json.add("memory_total_bytes", integer(board.memory_total));
  if (board.fan.count > 0) json.add("fan_percent", card.gpu.fan_percent[0]);
  add_reasons(json, card.gpu.reasons);
  json.add("suspended", card.gpu.suspended != 0);
  json.add("wake_count", std::int64_t{card.gpu.wake_count});
  add_processes(json, card.gpu);
  json.end_object();
}

}  // namespace

std::string show(OpenNode& opened) {
  Node& node = opened.mapping->node();
  const Lock lock(node);
  const std::int64_t now = model_time(node);
  JsonText json;
  json.begin_object();
  json.add("scenario", node.scenario.view());
  json.add("state_dir", opened.state_dir);
  json.add("driver_version", node.driver_version.view());
  json.add("clock", std::string_view(node.clock.stopped != 0 ? "stopped" : "running"));
  json.add("time_ns", now);
  json.begin_array("faults");
  for (std::uint32_t i = 0; i < node.fault_count; ++i) json.add("", fault_text(node.faults[i]));
  json.end_array();
  json.begin_array("gpus");
  for (Gpu& gpu : gpus_of(node)) {
    advance(node, gpu, now);
    add_gpu(json, node, gpu);
  }
  json.end_array();
  json.begin_array("cards");
  for (Card& card : cards_of(node)) {
    advance_card(node, card, now);
    add_card(json, node, card);
  }
  json.end_array();
  json.end_object();
  return json.text();
}

std::string list_scenarios(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  JsonText json;
  json.begin_array();
  for (const std::string& name : names) json.add("", name);
  json.end_array();
  return json.text();
}

}  // namespace accel::sim
