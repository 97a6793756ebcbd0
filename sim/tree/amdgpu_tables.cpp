// amdgpu's files that are tables: clock levels, overdrive, profiles, fan control, partitions.

#include <cstdio>

#include "../model/card_settings.hpp"
#include "amdgpu_rows.hpp"
#include "cards.hpp"

namespace accel::sim {
namespace {

template <class... Values>
std::string line(const char* form, Values... values) {
  char text[96];
  std::snprintf(text, sizeof text, form, values...);
  return text;
}

std::string row(std::uint32_t index, std::uint32_t mhz, bool is_active) {
  return line("%u: %uMhz %s\n", index, mhz, is_active ? "*" : "");
}

/// A fine-grained clock: its lowest, the present and its highest value.
std::string fine_grained(std::uint32_t low, std::uint32_t now, std::uint32_t high) {
  if (now <= low)
    return row(0, low, now == low) +
           (now < low ? row(1, now, true) + row(2, high, false) : row(1, high, false));
  if (now >= high) return row(0, low, false) + row(1, high, true);
  return row(0, low, false) + row(1, now, true) + row(2, high, false);
}

std::string memory_rows(const CardView& view) {
  const ClockTable& clocks = view.board.clocks;
  std::string text;
  bool marked = false;
  for (std::uint32_t i = 0; i < clocks.memory_count; ++i) {
    const std::uint32_t mhz = clocks.memory[clocks.memory_count - 1 - i];
    const bool is_last = i + 1 == clocks.memory_count;
    const bool is_active = !marked && (view.gpu.memory_mhz <= mhz || is_last);
    marked = marked || is_active;
    text += row(i, mhz, is_active);
  }
  return text;
}

std::string pcie_rows(const CardView& view) {
  if (view.product.metrics == kMetrics30) return "\n";  // in the processor, behind no link
  constexpr const char* kSpeeds[] = {"", "2.5", "5.0", "8.0", "16.0", "32.0", "64.0"};
  const std::uint32_t generation = view.board.pcie_generation;
  return line("0: 2.5GT/s, x%u 619Mhz \n1: %sGT/s, x%u 619Mhz *\n", view.board.pcie_width,
              kSpeeds[generation < 7 ? generation : 0], view.board.pcie_width);
}

/// Of a processor: a range of clocks within those of the chip, and runs of NUL where the driver has
/// skipped the clocks of others, as recorded (Phoenix).
std::string processor_overdrive_rows(const CardView& view) {
  const ClockRange& set = view.card.amd.staged_clocks;
  const ClockTable& clocks = view.board.clocks;
  return line("OD_SCLK:\n0: %10dMhz\n1: %10dMhz\n", set.graphics_min, set.graphics_max) +
         std::string(301, '\0') +
         line("OD_RANGE:\nSCLK: %7uMhz %10uMhz\n", clocks.graphics_min, clocks.graphics_max) +
         std::string(1073, '\0');
}

/// RDNA 2 and 3: a range of clocks, an offset of the voltage, and what may be set.
std::string overdrive_rows(const CardView& view) {
  if (view.product.metrics == kMetrics30) return processor_overdrive_rows(view);
  const ClockRange& set = view.card.amd.staged_clocks;
  std::string text = line("OD_SCLK:\n0: %dMhz\n1: %dMhz\n", set.graphics_min, set.graphics_max);
  text += line("OD_MCLK:\n0: %dMhz\n1: %dMHz\n", set.memory_min, set.memory_max);
  if (view.product.metrics == kMetrics17) return text;  // MI300: neither offset nor range
  text += line("OD_VDDGFX_OFFSET:\n%dmV\n", set.voltage_offset);
  const OverdriveLimits limits = overdrive_limits(view.board);
  text += line("OD_RANGE:\nSCLK: %7dMhz %10dMhz\n", limits.graphics_low, limits.graphics_high);
  text += line("MCLK: %7dMhz %10dMhz\n", limits.memory_low, limits.memory_high);
  return text + line("VDDGFX_OFFSET: %7dmv %10dmv\n", limits.voltage_low, limits.voltage_high);
}

/// The layout that lists each profile in a row of its own, without the rows of parameters.
std::string profile_rows(const CardView& view) {
  std::string text = "PROFILE_INDEX(NAME) CLOCK_TYPE(NAME) FPS MinActiveFreqType MinActiveFreq\n";
  for (std::uint32_t i = 0; i < std::size(kProfiles); ++i) {
    text += line("%2u %14s%s:\n", i, kProfiles[i], view.card.amd.profile == i ? "*" : " ");
  }
  return text;
}

std::string curve_rows(const FanControl& fan) {
  std::string text = "OD_FAN_CURVE:\n";
  for (std::uint32_t i = 0; i < kCurvePoints; ++i) {
    text += line("%u: %dC %d%%\n", i, fan.curve[i].celsius, fan.curve[i].percent);
  }
  return text +
         line("OD_RANGE:\nFAN_CURVE(hotspot temp): %dC %dC\nFAN_CURVE(fan speed): %d%% %d%%\n",
              kCurveColdest, kCurveHottest, kCurveSlowest, 100);
}

std::string fan_value(const FanValue& value, const CardView& view) {
  return line("%s:\n%d\nOD_RANGE:\n%s: %d %d\n", value.header,
              view.card.amd.staged_fan.*value.field, value.range, value.low(view.board),
              value.high(view.board));
}

void fan_files(const CardView& view, FileSink& sink) {
  sink.put("gpu_od/fan_ctrl/fan_curve", curve_rows(view.card.amd.staged_fan));
  for (const FanValue& value : kFanValues) {
    sink.put(std::string("gpu_od/fan_ctrl/") + value.name, fan_value(value, view));
  }
}

void partition_files(const CardView& view, FileSink& sink) {
  const AmdSettings& set = view.card.amd;
  sink.put("current_compute_partition",
           std::string(kComputePartitions[set.compute_partition]) + '\n');
  sink.put("available_compute_partition", "SPX, DPX, QPX, CPX\n");
  sink.put("current_memory_partition", std::string(kMemoryPartitions[set.memory_partition]) + '\n');
  sink.put("available_memory_partition", "NPS1, NPS2, NPS4, NPS8\n");
}

}  // namespace

OverdriveLimits overdrive_limits(const Board& board) {
  // As wide as on an RX 7900 XTX: twice the clock, a fifth more memory clock, 450 mV less.
  const auto highest = static_cast<std::int32_t>(board.clocks.graphics_max);
  const auto memory = static_cast<std::int32_t>(board.clocks.memory[0]);
  return {
      .graphics_low = static_cast<std::int32_t>(board.clocks.graphics_min),
      .graphics_high = highest * 2,
      .memory_low = static_cast<std::int32_t>(board.clocks.memory[board.clocks.memory_count - 1]),
      .memory_high = memory + memory / 5,
      .voltage_low = -450,
      .voltage_high = 0};
}

void amdgpu_tables(const CardView& view, FileSink& sink) {
  const ClockTable& clocks = view.board.clocks;
  sink.put("pp_dpm_sclk",
           fine_grained(clocks.graphics_min, view.gpu.graphics_mhz, clocks.graphics_max));
  sink.put("pp_dpm_mclk", memory_rows(view));
  sink.put("pp_dpm_socclk", fine_grained(500, view.gpu.load < 0.01 ? 500 : 1200, 1500));
  sink.put("pp_dpm_pcie", pcie_rows(view));
  if (view.product.has_overdrive != 0) sink.put("pp_od_clk_voltage", overdrive_rows(view));
  if (view.product.metrics == kMetrics13) sink.put("pp_power_profile_mode", profile_rows(view));
  if (view.product.has_overdrive != 0 && view.board.fan.count > 0) fan_files(view, sink);
  if (view.product.has_partitions != 0) partition_files(view, sink);
}

}  // namespace accel::sim
