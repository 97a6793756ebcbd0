// The keys of a scenario that describe a product: what every card of it has in common.

#include <algorithm>

#include "sections.hpp"

namespace accel::sim {
namespace {

template <std::size_t N>
void read_text(TableReader& reader, std::string_view key, Text<N>& out) {
  std::string text(out.view());
  reader.read(key, text, N - 1);
  out.set(text);
}

void read_power_limits(TableReader& reader, PowerLimits& power) {
  for (const char* key : {"min", "max", "default", "idle", "full"}) reader.require(key);
  reader.read_power("min", power.min_mw);
  reader.read_power("max", power.max_mw);
  reader.read_power("default", power.default_mw);
  reader.read_power("idle", power.idle_mw);
  reader.read_power("full", power.full_mw);
  if (power.min_mw > power.default_mw || power.default_mw > power.max_mw) {
    reader.complain("default", "expected min <= default <= max");
  }
  if (power.idle_mw >= power.full_mw) reader.complain("idle", "expected less than full");
  reader.finish();
}

void read_memory_clocks(TableReader& reader, ClockTable& clocks) {
  std::vector<std::uint32_t> memory;
  reader.read("memory", memory, 100000);
  if (memory.empty() || memory.size() > kMaxMemoryClocks ||
      !std::is_sorted(memory.rbegin(), memory.rend()) || memory.back() == 0) {
    return reader.complain("memory", "expected 1 to 8 clocks, highest first");
  }
  clocks.memory_count = static_cast<std::uint32_t>(memory.size());
  std::copy(memory.begin(), memory.end(), clocks.memory);
  clocks.memory_idle = clocks.memory[0];
}

void read_clocks(TableReader& reader, ClockTable& clocks) {
  for (const char* key : {"graphics_min", "graphics_max", "graphics_idle", "memory"}) {
    reader.require(key);
  }
  clocks.graphics_step = 15;
  reader.read("graphics_min", clocks.graphics_min, 1, 100000);
  reader.read("graphics_max", clocks.graphics_max, 1, 100000);
  reader.read("graphics_step", clocks.graphics_step, 1, 1000);
  reader.read("graphics_idle", clocks.graphics_idle, 1, 100000);
  reader.read("graphics_default", clocks.graphics_default, 1, 100000);
  reader.read("video_max", clocks.video_max, 0, 100000);
  read_memory_clocks(reader, clocks);
  reader.read("memory_idle", clocks.memory_idle, 1, 100000);
  reader.read_flag("memory_lockable", clocks.memory_lockable);
  reader.read("graphics_offset", clocks.graphics_offset, 0, 10000);
  reader.read("memory_offset", clocks.memory_offset, 0, 10000);
  if (clocks.graphics_min >= clocks.graphics_max) {
    reader.complain("graphics_min", "expected less than graphics_max");
  }
  reader.finish();
}

void read_thermal(TableReader& reader, ThermalLimits& thermal) {
  for (const char* key : {"resistance", "shutdown", "slowdown", "gpu_max"}) reader.require(key);
  thermal.ambient = 25;
  thermal.time_constant = 20;
  reader.read("ambient", thermal.ambient, -40, 80);
  reader.read("resistance", thermal.resistance, 0.001, 10);
  reader.read("time_constant", thermal.time_constant, 0.1, 10000);
  reader.read("memory_above", thermal.memory_above, 0, 60);
  reader.read("shutdown", thermal.shutdown, 1, 200);
  reader.read("slowdown", thermal.slowdown, 1, 200);
  reader.read("gpu_max", thermal.gpu_max, 1, 200);
  reader.read("memory_max", thermal.memory_max, 0, 200);
  reader.read("acoustic_min", thermal.acoustic_min, 0, 200);
  reader.read("acoustic_max", thermal.acoustic_max, 0, 200);
  reader.read_flag("margins", thermal.margins);
  reader.finish();
}

void read_fan(TableReader& reader, FanLimits& fan) {
  fan.max_percent = 100;
  reader.read("count", fan.count, 0, static_cast<std::int64_t>(kMaxFans));
  reader.read("min", fan.min_percent, 0, 100);
  reader.read("max", fan.max_percent, 1, 100);
  reader.read("rpm", fan.max_rpm, 0, 30000);
  reader.read("stop_below", fan.stop_below, 0, 100);
  reader.finish();
}

void read_nvlink(TableReader& reader, NvlinkPorts& ports) {
  reader.read("links", ports.count, 0, static_cast<std::int64_t>(kMaxLinks));
  reader.read("version", ports.version, 1, 8);
  reader.read("mbps", ports.mbps, 1, 1000000);
  reader.read_flag("switch", ports.to_switch);
  reader.finish();
}

void read_engines(TableReader& reader, Engines& engines) {
  reader.read("copy", engines.copy, 0, 64);
  reader.read("encoders", engines.encoders, 0, 16);
  reader.read("decoders", engines.decoders, 0, 16);
  reader.read("jpegs", engines.jpegs, 0, 16);
  reader.read("ofas", engines.ofas, 0, 16);
  reader.finish();
}

void read_features(TableReader& reader, Features& features) {
  reader.read_flag("ecc", features.ecc);
  reader.read_flag("row_remap", features.row_remap);
  reader.read_flag("page_retirement", features.page_retirement);
  reader.read_flag("gpm", features.gpm);
  reader.read_flag("mig_reset", features.mig_reset);
  reader.read_flag("display", features.display);
  reader.read_flag("gsp", features.gsp);
  reader.read_flag("power_average", features.power_average);
  reader.read_flag("fabric", features.fabric);
  reader.finish();
}

void read_placements(TableReader& reader, MigProfile& profile) {
  std::vector<std::uint32_t> starts;
  reader.read("starts", starts, 15);
  if (starts.empty() || starts.size() > kMaxPlacements) {
    return reader.complain("starts", "expected 1 to 8 starts");
  }
  profile.placement_count = static_cast<std::uint32_t>(starts.size());
  std::copy(starts.begin(), starts.end(), profile.placements);
}

void read_mig_profile(TableReader& reader, MigProfile& profile) {
  for (const char* key :
       {"id", "index", "name", "slices", "max", "sms", "memory", "size", "starts"}) {
    reader.require(key);
  }
  reader.read("id", profile.id, 0, 1000);
  reader.read("index", profile.index, 0, 17);
  read_text(reader, "name", profile.name);
  reader.read("slices", profile.slices, 1, 8);
  reader.read("max", profile.max, 1, 8);
  reader.read("sms", profile.multiprocessors, 1, 1000);
  std::uint64_t bytes = 0;
  reader.read_size("memory", bytes);
  profile.memory_mib = bytes >> 20;
  reader.read("copy", profile.copy_engines, 0, 64);
  reader.read("decoders", profile.decoders, 0, 16);
  reader.read("encoders", profile.encoders, 0, 16);
  reader.read("jpegs", profile.jpegs, 0, 16);
  reader.read("ofas", profile.ofas, 0, 16);
  reader.read("size", profile.size, 1, 16);
  read_placements(reader, profile);
  reader.finish();
}

void read_mig(TableReader& reader, Board& board) {
  for (auto& table : reader.tables("mig")) {
    if (board.mig_profile_count == kMaxMigProfiles) {
      return reader.complain("mig", "more than 16 profiles");
    }
    read_mig_profile(table, board.mig_profiles[board.mig_profile_count++]);
  }
}

void read_identity(TableReader& reader, Board& board) {
  read_text(reader, "name", board.name);
  read_text(reader, "part_number", board.part_number);
  read_text(reader, "vbios", board.vbios);
  read_text(reader, "inforom_image", board.inforom_image);
  read_text(reader, "inforom_oem", board.inforom_oem);
  read_text(reader, "inforom_ecc", board.inforom_ecc);
  read_text(reader, "inforom_power", board.inforom_power);
  reader.read("brand", board.brand, 0, 17);
  reader.read("architecture", board.architecture, 2, 13);
  reader.read("capability_major", board.capability_major, 1, 20);
  reader.read("capability_minor", board.capability_minor, 0, 9);
  reader.read("cores", board.cores, 0, 1000000);
  reader.read("multiprocessors", board.multiprocessors, 1, 1000);
  reader.read("bus_width", board.bus_width, 0, 16384);
  reader.read("pci_device", board.pci_device, 0, 0xFFFFFFFF);
  reader.read("pci_subsystem", board.pci_subsystem, 0, 0xFFFFFFFF);
  reader.read("pci_revision", board.pci_revision, 0, 0xFF);
  reader.read("pcie_generation", board.pcie_generation, 1, 6);
  board.pcie_idle_generation = board.pcie_generation;
  reader.read("pcie_idle_generation", board.pcie_idle_generation, 1, 6);
  reader.read("pcie_width", board.pcie_width, 1, 16);
  reader.read("idle_pstate", board.idle_pstate, 0, 15);
  reader.read_size("memory", board.memory_total);
  reader.read_size("memory_reserved", board.memory_reserved);
  reader.read_size("bar1", board.bar1_total);
  if (reader.has("memory") && board.memory_reserved >= board.memory_total) {
    reader.complain("memory_reserved", "expected less than memory");
  }
}

}  // namespace

void read_board(TableReader& reader, Board& board, const std::vector<std::string_view>& needed) {
  for (const std::string_view key : needed) reader.require(key);
  board.multiprocessors = 1;
  board.pcie_generation = 4;
  board.pcie_width = 16;
  read_identity(reader, board);
  for (auto& table : reader.tables("power")) read_power_limits(table, board.power);
  for (auto& table : reader.tables("clocks")) read_clocks(table, board.clocks);
  for (auto& table : reader.tables("thermal")) read_thermal(table, board.thermal);
  for (auto& table : reader.tables("fan")) read_fan(table, board.fan);
  for (auto& table : reader.tables("nvlink")) read_nvlink(table, board.nvlink);
  for (auto& table : reader.tables("engines")) read_engines(table, board.engines);
  for (auto& table : reader.tables("features")) read_features(table, board.features);
  read_mig(reader, board);
}

}  // namespace accel::sim
