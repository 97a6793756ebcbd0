// The files of amdgpu below the PCI function. Names, units and forms: Documentation/gpu/amdgpu and
// drivers/gpu/drm/amd/pm/amdgpu_pm.c; which card has which: recordings of real ones.

#include <array>
#include <cstdio>

#include "../model/card_settings.hpp"
#include "../model/physics.hpp"
#include "amdgpu_rows.hpp"
#include "cards.hpp"

namespace accel::sim {
namespace {

// The three families whose files differ.
constexpr std::uint32_t kCard = 1;      ///< Graphics cards: a fan, an edge sensor.
constexpr std::uint32_t kInstinct = 2;  ///< Accelerators: passive, without edge sensor.
constexpr std::uint32_t kApu = 4;       ///< In the processor.
constexpr std::uint32_t kAny = kCard | kInstinct | kApu;

std::uint32_t family(const CardView& view) {
  if (view.product.metrics == kMetrics17) return kInstinct;
  return view.product.metrics == kMetrics30 ? kApu : kCard;
}

std::int64_t microwatts(double milliwatts) { return whole(milliwatts / 1000) * 1'000'000; }

double hotspot(const Gpu& gpu) { return gpu.temperature + 6 + 10 * gpu.load; }

struct Row {
  std::uint32_t families = 0;
  NumberFile file;
};

// clang-format off
/// What the driver reads from the firmware each time; below hwmon/hwmonN where `sensor` says so.
constexpr std::array kSensors{
    Row{kCard | kApu, {"temp1_input", [](const CardView& v) { return millidegrees(v.gpu.temperature); }}},
    Row{kCard | kInstinct, {"temp2_input", [](const CardView& v) { return millidegrees(hotspot(v.gpu)); }}},
    Row{kCard | kInstinct, {"temp3_input", [](const CardView& v) { return millidegrees(v.gpu.memory_temperature); }}},
    Row{kCard | kApu, {"power1_average", [](const CardView& v) { return microwatts(v.gpu.power_average_mw); }}},
    Row{kInstinct | kApu, {"power1_input", [](const CardView& v) { return microwatts(v.gpu.power_mw); }}},
    Row{kCard | kInstinct, {"power1_cap", [](const CardView& v) { return microwatts(v.gpu.settings.power_limit_mw); }}},
    Row{kAny, {"freq1_input", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz} * 1'000'000; }}},
    Row{kCard | kInstinct, {"freq2_input", [](const CardView& v) { return std::int64_t{v.gpu.memory_mhz} * 1'000'000; }}},
    Row{kCard | kApu, {"in0_input", [](const CardView& v) { return millivolts(v); }}},
    Row{kApu, {"in1_input", [](const CardView&) { return std::int64_t{700}; }}},
    Row{kCard, {"fan1_input", [](const CardView& v) { return rpm(v); }}},
    Row{kCard, {"fan1_target", [](const CardView& v) { return rpm(v); }}},
    Row{kCard, {"fan1_enable", [](const CardView& v) { return std::int64_t{v.card.amd.fan_mode == 1}; }}},
    Row{kCard, {"pwm1", [](const CardView& v) { return whole(v.gpu.fan_percent[0] * 2.55); }}},
    Row{kCard, {"pwm1_enable", [](const CardView& v) { return std::int64_t{v.card.amd.fan_mode}; }}},
};

constexpr std::array kNumbers{
    Row{kAny, {"gpu_busy_percent", [](const CardView& v) { return whole(v.gpu.load * 100); }}},
    Row{kCard | kInstinct, {"mem_busy_percent", [](const CardView& v) { return whole(v.gpu.memory_load * 100); }}},
    Row{kInstinct | kApu, {"vcn_busy_percent", [](const CardView& v) { return whole(decoder_load(v.gpu) * 100); }}},
    Row{kAny, {"mem_info_vram_used", [](const CardView& v) { return memory_used(v); }}},
    Row{kAny, {"mem_info_vis_vram_used", [](const CardView& v) { return memory_used(v); }}},
    Row{kAny, {"mem_info_gtt_used", [](const CardView& v) { return memory_used(v) / 64; }}},
};

/// Limits of the product; in thousandths of a degree, microwatts, turns a minute.
constexpr std::array kLimits{
    Row{kCard, {"temp1_crit", [](const CardView& v) { return std::int64_t{v.board.thermal.slowdown} * 1000; }}},
    Row{kCard, {"temp1_crit_hyst", [](const CardView&) { return std::int64_t{-273'150}; }}},
    Row{kCard, {"temp1_emergency", [](const CardView& v) { return std::int64_t{v.board.thermal.shutdown} * 1000; }}},
    Row{kCard | kInstinct, {"temp2_crit", [](const CardView& v) { return (std::int64_t{v.board.thermal.slowdown} + 10) * 1000; }}},
    Row{kCard | kInstinct, {"temp2_crit_hyst", [](const CardView&) { return std::int64_t{-273'150}; }}},
    Row{kCard | kInstinct, {"temp2_emergency", [](const CardView& v) { return (std::int64_t{v.board.thermal.shutdown} + 10) * 1000; }}},
    Row{kCard | kInstinct, {"temp3_crit", [](const CardView& v) { return std::int64_t{v.board.thermal.memory_max} * 1000; }}},
    Row{kCard | kInstinct, {"temp3_crit_hyst", [](const CardView&) { return std::int64_t{-273'150}; }}},
    Row{kCard | kInstinct, {"temp3_emergency", [](const CardView& v) { return (std::int64_t{v.board.thermal.memory_max} + 5) * 1000; }}},
    Row{kCard | kInstinct, {"power1_cap_min", [](const CardView& v) { return microwatts(v.board.power.min_mw); }}},
    Row{kCard | kInstinct, {"power1_cap_max", [](const CardView& v) { return microwatts(v.board.power.max_mw); }}},
    Row{kCard | kInstinct, {"power1_cap_default", [](const CardView& v) { return microwatts(v.board.power.default_mw); }}},
    Row{kCard, {"fan1_min", [](const CardView&) { return std::int64_t{0}; }}},
    Row{kCard, {"fan1_max", [](const CardView& v) { return std::int64_t{v.board.fan.max_rpm}; }}},
    Row{kCard, {"pwm1_min", [](const CardView&) { return std::int64_t{0}; }}},
    Row{kCard, {"pwm1_max", [](const CardView&) { return std::int64_t{255}; }}},
};

struct Label {
  std::uint32_t families;
  const char* name;
  const char* text;
};
constexpr std::array kLabels{
    Label{kCard | kApu, "temp1_label", "edge"},          Label{kCard | kInstinct, "temp2_label", "junction"},
    Label{kCard | kInstinct, "temp3_label", "mem"},      Label{kAny, "power1_label", "PPT"},
    Label{kAny, "freq1_label", "sclk"},                  Label{kCard | kInstinct, "freq2_label", "mclk"},
    Label{kCard | kApu, "in0_label", "vddgfx"},          Label{kApu, "in1_label", "vddnb"},
};
// clang-format on

/// Blocks with error counters on accelerators (enum amdgpu_ras_block).
constexpr std::array<const char*, 6> kRasBlocks{"umc",   "sdma",     "gfx",
                                                "mmhub", "pcie_bif", "xgmi_wafl"};

void ras_files(const CardView& view, FileSink& sink) {
  for (const char* block : kRasBlocks) {
    const bool is_memory = std::string_view(block) == "umc";
    const auto corrected = is_memory ? view.gpu.errors.ecc[0][1][2] : 0;
    const auto uncorrected = is_memory ? view.gpu.errors.ecc[1][1][2] : 0;
    sink.put(std::string("ras/") + block + "_err_count",
             "ue: " + std::to_string(uncorrected) + "\nce: " + std::to_string(corrected) + '\n');
  }
}

}  // namespace

std::int64_t memory_used(const CardView& view) {
  return static_cast<std::int64_t>(view.board.memory_reserved + memory_in_use(view.gpu));
}

std::int64_t rpm(const CardView& view) {
  return whole(view.gpu.fan_percent[0] / 100 * view.board.fan.max_rpm);
}

std::int64_t millivolts(const CardView& view) {
  // Nearly in step with the clock: 700 mV at rest to 1150 mV at the highest clock.
  const double share = double(view.gpu.graphics_mhz) / view.board.clocks.graphics_max;
  return whole(700 + 450 * share) + view.card.amd.clocks.voltage_offset;
}

void amdgpu_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  const std::uint32_t kind = family(view);
  const std::string hwmon = device + "hwmon/hwmon" + std::to_string(view.card.hwmon) + '/';
  tree.file(hwmon + "name", "amdgpu\n");
  for (const Label& label : kLabels) {
    if ((label.families & kind) != 0) tree.file(hwmon + label.name, std::string(label.text) + '\n');
  }
  for (const Row& row : kLimits) {
    if ((row.families & kind) == 0) continue;
    tree.file(hwmon + std::string(row.file.name), std::to_string(row.file.value(view)) + '\n');
  }
  const std::string total = std::to_string(view.board.memory_total) + '\n';
  tree.file(device + "mem_info_vram_total", total);
  tree.file(device + "mem_info_vis_vram_total", total);
  tree.file(device + "mem_info_gtt_total", std::to_string(view.board.memory_total / 2) + '\n');
  tree.file(device + "vbios_version", std::string(view.board.vbios.view()) + '\n');
  tree.file(device + "pcie_replay_count", "0\n");
  if (kind == kApu) {
    tree.file(device + "unique_id", "");
    return;
  }
  tree.file(device + "mem_info_vram_vendor", kind == kInstinct ? "hynix\n" : "samsung\n");
  char number[24];
  std::snprintf(number, sizeof number, "%016llx\n",
                static_cast<unsigned long long>(view.card.unique_id));
  tree.file(device + "unique_id", number);
  tree.file(device + "fw_version/smc_fw_version", "0x00557300\n");
  if (kind != kInstinct) return;
  tree.file(device + "serial_number", std::string(view.gpu.serial.view()) + '\n');
  tree.file(device + "product_name", std::string(view.board.name.view()) + '\n');
  tree.file(device + "product_number", std::string(view.board.part_number.view()) + '\n');
  tree.file(device + "ras/features", "feature mask: 0x1fff\n");
  tree.file(device + "ras/gpu_vram_bad_pages", "");
  if (view.product.has_xgmi != 0) {
    tree.file(device + "xgmi_device_id", std::to_string(view.card.unique_id) + '\n');
  }
}

void amdgpu_live(const CardView& view, FileSink& sink) {
  const std::uint32_t kind = family(view);
  const std::string hwmon = "hwmon/hwmon" + std::to_string(view.card.hwmon) + '/';
  for (const Row& row : kSensors) {
    if ((row.families & kind) != 0)
      sink.put(hwmon + std::string(row.file.name), row.file.value(view));
  }
  for (const Row& row : kNumbers) {
    if ((row.families & kind) != 0) sink.put(std::string(row.file.name), row.file.value(view));
  }
  sink.put("gpu_metrics", gpu_metrics(view));
  sink.put("power_dpm_force_performance_level", std::string(kLevels[view.card.amd.level]) + '\n');
  amdgpu_tables(view, sink);
  if (kind == kInstinct) ras_files(view, sink);
}

}  // namespace accel::sim
