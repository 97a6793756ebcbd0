// The files of i915, xe and intel_vpu. Names and units:
// drivers/gpu/drm/i915/gt/intel_gt_sysfs_pm.c, drivers/gpu/drm/xe/xe_gt_{freq,idle,throttle}.c,
// xe_hwmon.c, drivers/accel/ivpu/ivpu_sysfs.c; which card has which: recordings of an A380, a B580
// and a Tiger Lake.

#include <array>

#include "../model/physics.hpp"
#include "cards.hpp"

namespace accel::sim {
namespace {

/// The share of its time that a GPU at rest spends in its deepest state.
constexpr double kIdleLoad = 0.01;

bool is_idle(const CardView& v) { return v.gpu.load < kIdleLoad; }

/// 0 while it sleeps.
std::int64_t actual(const CardView& v) { return is_idle(v) ? 0 : std::int64_t{v.gpu.graphics_mhz}; }

std::int64_t media_now(const CardView& v) {
  return decoder_load(v.gpu) < kIdleLoad ? 0 : std::int64_t{v.card.frequency.media_max};
}

std::int64_t idle_ms(const CardView& v) { return v.gpu.totals.violation[4] / 1'000'000; }

std::int64_t media_idle_ms(const CardView& v) {
  return v.elapsed() / 1'000'000 - whole(v.gpu.totals.decoder_busy * 1000);
}

std::int64_t microjoules(const CardView& v) { return whole(v.gpu.totals.energy_mj * 1000); }

/// 0 while it is off.
std::int64_t power_limit(const CardView& v) {
  return v.card.frequency.limit_off != 0 ? 0 : std::int64_t{v.gpu.settings.power_limit_mw} * 1000;
}

bool at_power_limit(const CardView& v) { return (v.gpu.reasons & kReasonPowerCap) != 0; }
bool at_heat_limit(const CardView& v) {
  return (v.gpu.reasons & (kReasonSoftwareThermal | kReasonHardwareThermal)) != 0;
}

struct Reason {
  const char* name;
  bool (*holds)(const CardView& view);
};
constexpr bool (*kNever)(const CardView&) = [](const CardView&) { return false; };
constexpr std::array kReasons{Reason{"pl1", at_power_limit},   Reason{"pl2", kNever},
                              Reason{"pl4", kNever},           Reason{"thermal", at_heat_limit},
                              Reason{"prochot", kNever},       Reason{"ratl", kNever},
                              Reason{"vr_thermalert", kNever}, Reason{"vr_tdc", kNever}};

/// One file a reason, and one that says whether there is any.
void reason_files(const CardView& view, FileSink& sink, const std::string& stem,
                  const std::string& status) {
  bool any = false;
  for (const Reason& reason : kReasons) {
    const bool holds = reason.holds(view);
    any = any || holds;
    sink.put(stem + reason.name, std::int64_t{holds});
  }
  sink.put(status, std::int64_t{any});
}

std::string reason_names(const CardView& view) {
  std::string names;
  for (const Reason& reason : kReasons) {
    if (!reason.holds(view)) continue;
    names += names.empty() ? "" : " ";
    names += reason.name;
  }
  return (names.empty() ? "none" : names) + '\n';
}

// clang-format off
constexpr std::array kI915Files{
    NumberFile{"rps_act_freq_mhz", actual},
    NumberFile{"rps_cur_freq_mhz", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    NumberFile{"rps_min_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.min}; }},
    NumberFile{"rps_max_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.max}; }},
    NumberFile{"rps_boost_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.boost}; }},
    NumberFile{"punit_req_freq_mhz", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    NumberFile{"rc6_residency_ms", idle_ms},
};
/// The same numbers as they were called before there could be several GTs.
constexpr std::array kI915Old{
    NumberFile{"gt_act_freq_mhz", actual},
    NumberFile{"gt_cur_freq_mhz", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    NumberFile{"gt_min_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.min}; }},
    NumberFile{"gt_max_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.max}; }},
    NumberFile{"gt_boost_freq_mhz", [](const CardView& v) { return std::int64_t{v.card.frequency.boost}; }},
};
constexpr std::array kI915Sensors{
    NumberFile{"energy1_input", microjoules},
    NumberFile{"temp1_input", [](const CardView& v) { return millidegrees(v.gpu.temperature); }},
    NumberFile{"fan1_input", [](const CardView& v) { return whole(v.gpu.fan_percent[0] / 100 * v.board.fan.max_rpm); }},
    NumberFile{"in0_input", [](const CardView& v) { return whole(600 + 450.0 * v.gpu.graphics_mhz / v.board.clocks.graphics_max); }},
    NumberFile{"power1_max", power_limit},
};

constexpr std::array kXeFiles{
    NumberFile{"freq0/act_freq", actual},
    NumberFile{"freq0/cur_freq", [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    NumberFile{"freq0/min_freq", [](const CardView& v) { return std::int64_t{v.card.frequency.min}; }},
    NumberFile{"freq0/max_freq", [](const CardView& v) { return std::int64_t{v.card.frequency.max}; }},
    NumberFile{"gtidle/idle_residency_ms", idle_ms},
};
constexpr std::array kXeMediaFiles{
    NumberFile{"freq0/act_freq", media_now},
    NumberFile{"freq0/cur_freq", [](const CardView& v) { return std::int64_t{v.card.frequency.media_min}; }},
    NumberFile{"freq0/min_freq", [](const CardView& v) { return std::int64_t{v.card.frequency.media_min}; }},
    NumberFile{"freq0/max_freq", [](const CardView& v) { return std::int64_t{v.card.frequency.media_max}; }},
    NumberFile{"gtidle/idle_residency_ms", media_idle_ms},
};
/// xe has no temp1. The package takes less than the whole card.
constexpr std::array kXeSensors{
    NumberFile{"energy1_input", microjoules},
    NumberFile{"energy2_input", [](const CardView& v) { return microjoules(v) * 4 / 5; }},
    NumberFile{"temp2_input", [](const CardView& v) { return millidegrees(v.gpu.temperature); }},
    NumberFile{"temp3_input", [](const CardView& v) { return millidegrees(v.gpu.memory_temperature); }},
    NumberFile{"temp4_input", [](const CardView& v) { return millidegrees(v.gpu.temperature + 1); }},
    NumberFile{"temp5_input", [](const CardView& v) { return millidegrees(v.gpu.temperature + 3); }},
    NumberFile{"power1_cap", power_limit},
};

constexpr std::array kNpuFiles{
    NumberFile{"npu_busy_time_us", [](const CardView& v) { return whole(v.gpu.totals.busy * 1e6); }},
    NumberFile{"npu_memory_utilization", [](const CardView& v) { return static_cast<std::int64_t>(memory_in_use(v.gpu)); }},
    NumberFile{"npu_current_frequency_mhz", actual},
};
// clang-format on

template <class Files>
void put_all(const Files& files, const CardView& view, FileSink& sink, const std::string& folder) {
  for (const NumberFile& file : files) sink.put(folder + std::string(file.name), file.value(view));
}

std::string text(std::uint32_t number) { return std::to_string(number) + '\n'; }

std::string card_folder(const CardView& view) {
  return "drm/card" + std::to_string(view.card.drm_minor) + '/';
}

std::string hwmon_folder(const CardView& view) {
  return "hwmon/hwmon" + std::to_string(view.card.hwmon) + '/';
}

void xe_gt_constants(TreeWriter& tree, const std::string& gt, const char* name, std::uint32_t low,
                     std::uint32_t high) {
  tree.file(gt + "gtidle/name", std::string(name) + '\n');
  tree.file(gt + "freq0/rp0_freq", text(high));
  tree.file(gt + "freq0/rpe_freq", text(low));
  tree.file(gt + "freq0/rpn_freq", text(low));
}

void xe_gt_live(const CardView& view, FileSink& sink, const std::string& gt, bool is_media) {
  if (is_media) {
    put_all(kXeMediaFiles, view, sink, gt);
  } else {
    put_all(kXeFiles, view, sink, gt);
  }
  const bool idle = is_media ? media_now(view) == 0 : is_idle(view);
  sink.put(gt + "gtidle/idle_status", idle ? "gt-c6\n" : "gt-c0\n");
  reason_files(view, sink, gt + "freq0/throttle/reason_", gt + "freq0/throttle/status");
  sink.put(gt + "freq0/throttle/reasons", reason_names(view));
  sink.put(gt + "freq0/power_profile", view.card.frequency.power_profile == 0
                                           ? "[base]    power_saving\n"
                                           : "base    [power_saving]\n");
}

void xe_sensor_constants(TreeWriter& tree, const CardView& view, const std::string& hwmon) {
  tree.file(hwmon + "name", "xe\n");
  tree.file(hwmon + "energy1_label", "card\n");
  tree.file(hwmon + "energy2_label", "pkg\n");
  tree.file(hwmon + "power1_label", "card\n");
  tree.file(hwmon + "power1_cap_interval", "15\n");
  tree.file(hwmon + "power1_crit", std::to_string(view.board.power.max_mw * 2'000ULL) + '\n');
  constexpr const char* kLabels[] = {"pkg", "vram", "mctrl", "pcie"};
  for (int i = 0; i < 4; ++i) {
    const std::string stem = hwmon + "temp" + std::to_string(i + 2) + '_';
    tree.file(stem + "label", std::string(kLabels[i]) + '\n');
    tree.file(stem + "crit", std::to_string(view.board.thermal.slowdown * 1000) + '\n');
    tree.file(stem + "emergency", std::to_string(view.board.thermal.shutdown * 1000) + '\n');
  }
  for (std::uint32_t i = 0; i < view.product.memory_channels; ++i) {
    tree.file(hwmon + "temp" + std::to_string(i + 6) + "_label",
              "vram_ch_" + std::to_string(i) + '\n');
  }
}

}  // namespace

void i915_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  const std::string card = device + card_folder(view);
  const ClockTable& clocks = view.board.clocks;
  tree.file(card + "gt/gt0/id", "0\n");
  tree.file(card + "gt/gt0/rc6_enable", "1\n");
  for (const char* stem : {"gt/gt0/rps_", "gt_"}) {
    tree.file(card + stem + "RP0_freq_mhz", text(clocks.graphics_max));
    tree.file(card + stem + "RP1_freq_mhz", text(clocks.graphics_min * 2));
    tree.file(card + stem + "RPn_freq_mhz", text(clocks.graphics_min));
  }
  tree.file(card + "error", "No error state collected\n");
  if (view.product.is_integrated != 0) return;
  const std::string hwmon = device + hwmon_folder(view);
  tree.file(hwmon + "name", "i915\n");
  tree.file(hwmon + "power1_max_interval", "28000\n");
  tree.file(hwmon + "power1_rated_max", "0\n");
}

void i915_live(const CardView& view, FileSink& sink) {
  const std::string card = card_folder(view);
  put_all(kI915Files, view, sink, card + "gt/gt0/");
  put_all(kI915Old, view, sink, card);
  reason_files(view, sink, card + "gt/gt0/throttle_reason_",
               card + "gt/gt0/throttle_reason_status");
  if (view.product.is_integrated == 0) put_all(kI915Sensors, view, sink, hwmon_folder(view));
}

void xe_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  const ClockTable& clocks = view.board.clocks;
  xe_gt_constants(tree, device + "tile0/gt0/", "gt0-rc", clocks.graphics_min, clocks.graphics_max);
  if (view.product.media_max != 0) {
    xe_gt_constants(tree, device + "tile0/gt1/", "gt1-mc", view.product.media_min,
                    view.product.media_max);
  }
  if (view.product.is_integrated != 0) return;
  tree.file(device + "tile0/physical_vram_size_bytes",
            std::to_string(view.board.memory_total) + '\n');
  xe_sensor_constants(tree, view, device + hwmon_folder(view));
}

void xe_live(const CardView& view, FileSink& sink) {
  xe_gt_live(view, sink, "tile0/gt0/", false);
  if (view.product.media_max != 0) xe_gt_live(view, sink, "tile0/gt1/", true);
  if (view.product.is_integrated != 0) return;
  const std::string hwmon = hwmon_folder(view);
  put_all(kXeSensors, view, sink, hwmon);
  for (std::uint32_t fan = 0; fan < view.board.fan.count; ++fan) {
    sink.put(hwmon + "fan" + std::to_string(fan + 1) + "_input",
             whole(view.gpu.fan_percent[fan] / 100 * view.board.fan.max_rpm));
  }
  for (std::uint32_t i = 0; i < view.product.memory_channels; ++i) {
    sink.put(hwmon + "temp" + std::to_string(i + 6) + "_input",
             millidegrees(view.gpu.memory_temperature - i % 3));
  }
}

void intel_vpu_constants(TreeWriter& tree, const CardView& view, const std::string& device) {
  tree.file(device + "npu_max_frequency_mhz", text(view.board.clocks.graphics_max));
  tree.file(device + "sched_mode", "HW\n");
}

void intel_vpu_live(const CardView& view, FileSink& sink) { put_all(kNpuFiles, view, sink, ""); }

}  // namespace accel::sim
