#include "physics.hpp"

#include <algorithm>
#include <cmath>

namespace accel::sim {
namespace {

constexpr std::int64_t kTick = 100'000'000;              // ns
constexpr std::int64_t kFineSpan = 200 * kTick;          // the newest time, tick by tick
constexpr std::int64_t kCoarseTicks = 128;               // all time before it, in this many steps
constexpr std::int64_t kWarmUp = 600LL * 1'000'000'000;  // ns
constexpr std::uint64_t kEventPstate = 0x4;              // nvmlEventTypePState
constexpr std::uint64_t kEventClock = 0x10;              // nvmlEventTypeClock
constexpr double kIdleLoad = 0.01;

/// The share of the way to its target that a first-order quantity goes in `seconds`.
double approach(double seconds, double time_constant) {
  return 1 - std::exp(-seconds / time_constant);
}

struct Clocks {
  std::uint32_t graphics;
  std::uint32_t memory;
  bool held_by_application;
};

/// The clocks that work would get if neither power nor heat stood in the way.
Clocks wanted_clocks(const Gpu& gpu, const Board& board, bool idle) {
  const ClockTable& table = board.clocks;
  const GpuSettings& set = gpu.settings;
  Clocks clocks{idle ? table.graphics_idle : table.graphics_max,
                idle ? table.memory_idle : table.memory[0], false};
  if (!idle && set.graphics_offset != 0) {
    clocks.graphics = static_cast<std::uint32_t>(std::max<std::int64_t>(
        table.graphics_min, std::int64_t{clocks.graphics} + set.graphics_offset));
  }
  if (!idle && set.memory_offset != 0) {
    clocks.memory = static_cast<std::uint32_t>(
        std::max<std::int64_t>(1, std::int64_t{clocks.memory} + set.memory_offset));
  }
  if (!idle && set.application_graphics != 0) {
    clocks.held_by_application = set.application_graphics < clocks.graphics;
    clocks.graphics = std::min(clocks.graphics, set.application_graphics);
  }
  if (!idle && set.application_memory != 0) clocks.memory = set.application_memory;
  if (set.locked_graphics_max != 0) {
    clocks.graphics = std::clamp(clocks.graphics, set.locked_graphics_min, set.locked_graphics_max);
  }
  if (set.locked_memory_max != 0) {
    clocks.memory = std::clamp(clocks.memory, set.locked_memory_min, set.locked_memory_max);
  }
  return clocks;
}

double intensity(const Gpu& gpu) {
  return gpu.load_profile.intensity > 0 ? gpu.load_profile.intensity : 1.0;
}

/// The highest clock of the table, at most `wanted`, whose demand stays within the limit.
std::uint32_t capped_clock(const Gpu& gpu, const Board& board, const Clocks& wanted, double load) {
  const ClockTable& table = board.clocks;
  const auto limit = static_cast<double>(gpu.settings.power_limit_mw);
  const double work = load * intensity(gpu);
  if (power_demand(board, work, wanted.graphics, wanted.memory) <= limit) return wanted.graphics;
  std::uint32_t low = 0;
  std::uint32_t high = wanted.graphics > table.graphics_min
                           ? (wanted.graphics - table.graphics_min) / table.graphics_step
                           : 0;
  while (low < high) {
    const std::uint32_t middle = (low + high + 1) / 2;
    const double clock = table.graphics_min + middle * table.graphics_step;
    if (power_demand(board, work, clock, wanted.memory) <= limit) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return table.graphics_min + low * table.graphics_step;
}

/// The temperature at which the driver begins to lower clocks.
double soft_limit(const Gpu& gpu, const Board& board) {
  if (board.thermal.acoustic_max > 0 && gpu.settings.acoustic_target > 0) {
    return gpu.settings.acoustic_target;
  }
  return board.thermal.gpu_max;
}

/// Lowers clocks by a little as long as it is too hot, and gives them back when it is not.
void adjust_thermal_cut(Gpu& gpu, const Board& board, double seconds) {
  const double limit = soft_limit(gpu, board);
  const double span = board.clocks.graphics_max - board.clocks.graphics_min;
  double cut = gpu.thermal_cut_mhz;
  if (gpu.temperature >= limit) {
    cut += (15 + 60 * (gpu.temperature - limit)) * seconds;
  } else if (gpu.temperature < limit - 1) {
    cut -= 30 * seconds;
  }
  gpu.thermal_cut_mhz = static_cast<std::uint32_t>(std::clamp(cut, 0.0, span));
}

void choose_clocks(Gpu& gpu, const Board& board) {
  const ClockTable& table = board.clocks;
  const bool idle = gpu.load < kIdleLoad;
  const Clocks wanted = wanted_clocks(gpu, board, idle);
  gpu.memory_mhz = wanted.memory;
  gpu.reasons = 0;
  if (idle) {
    gpu.graphics_mhz = wanted.graphics;
    gpu.reasons = kReasonIdle;
    return;
  }
  std::uint32_t clock = capped_clock(gpu, board, wanted, gpu.load);
  if (clock < wanted.graphics) {
    gpu.reasons |= kReasonPowerCap;
  } else if (wanted.held_by_application) {
    gpu.reasons |= kReasonApplicationClocks;
  }
  const bool too_hot = gpu.temperature >= board.thermal.slowdown;
  std::uint32_t cool = wanted.graphics - std::min(wanted.graphics, gpu.thermal_cut_mhz);
  if (cool < wanted.graphics) cool -= cool % table.graphics_step;
  if (too_hot) cool = std::min(cool, wanted.graphics / 2);
  cool = std::max(cool, std::min(table.graphics_min, wanted.graphics));
  if (cool < clock) {
    clock = cool;
    gpu.reasons &= ~kReasonPowerCap;
    gpu.reasons |= too_hot ? kReasonHardwareThermal | kReasonHardware : kReasonSoftwareThermal;
  }
  gpu.graphics_mhz = clock;
}

/// P0 at work; idle, what the product falls to.
std::uint32_t performance_state(const Gpu& gpu, const Board& board) {
  if (gpu.load >= kIdleLoad) return gpu.memory_mhz < board.clocks.memory[0] ? 2 : 0;
  return board.idle_pstate;
}

void move_fans(Gpu& gpu, const Board& board, double seconds) {
  const double automatic = automatic_fan(board, gpu.temperature);
  for (std::uint32_t fan = 0; fan < board.fan.count; ++fan) {
    const double target =
        gpu.settings.fan_manual[fan] != 0 ? gpu.settings.fan_target[fan] : automatic;
    gpu.fan_percent[fan] += (target - gpu.fan_percent[fan]) * approach(seconds, 3.0);
  }
}

double thermal_resistance(const Gpu& gpu, const Board& board) {
  if (board.fan.count == 0) return board.thermal.resistance;
  double speed = 0;
  for (std::uint32_t fan = 0; fan < board.fan.count; ++fan) speed += gpu.fan_percent[fan];
  speed /= board.fan.count;
  return board.thermal.resistance * (1 + 1.2 * (1 - speed / 100));
}

void move_temperature(Gpu& gpu, const Board& board, double seconds) {
  const ThermalLimits& thermal = board.thermal;
  const double target = thermal.ambient + gpu.power_mw / 1000 * thermal_resistance(gpu, board);
  gpu.temperature += (target - gpu.temperature) * approach(seconds, thermal.time_constant);
  gpu.memory_temperature = gpu.temperature + thermal.memory_above * (0.25 + 0.75 * gpu.memory_load);
}

void move_power(Gpu& gpu, const Board& board, std::int64_t elapsed, double seconds) {
  const double ripple = gpu.load < kIdleLoad
                            ? 0.01 * smooth_noise(gpu.seed + 2, elapsed, kTick * 10)
                            : 0.01 * smooth_noise(gpu.seed + 2, elapsed, kTick * 2);
  double power = power_demand(board, gpu.load * intensity(gpu), gpu.graphics_mhz, gpu.memory_mhz);
  power *= 1 + ripple;
  // The regulator keeps the mean below the limit.
  power = std::min(power, static_cast<double>(gpu.settings.power_limit_mw));
  gpu.power_mw = power;
  gpu.power_average_mw += (power - gpu.power_average_mw) * approach(seconds, 1.0);
}

void add_traffic(Gpu& gpu, const Board& board, double seconds) {
  // A training job keeps about a tenth of PCIe and a third of NVLink busy.
  const double pcie = 0.985e9 * board.pcie_width * std::exp2(double(board.pcie_generation) - 3);
  gpu.pcie_tx_rate = pcie * 0.06 * gpu.load;
  gpu.pcie_rx_rate = pcie * 0.11 * gpu.load;
  const double links = board.nvlink.count - static_cast<double>(__builtin_popcount(gpu.links_down));
  gpu.nvlink_rate = links * board.nvlink.mbps * 1e6 * 0.3 * gpu.load;
  gpu.totals.pcie_tx += gpu.pcie_tx_rate * seconds;
  gpu.totals.pcie_rx += gpu.pcie_rx_rate * seconds;
  gpu.totals.nvlink_tx += gpu.nvlink_rate * seconds;
  gpu.totals.nvlink_rx += gpu.nvlink_rate * seconds;
}

void add_totals(Gpu& gpu, const Board& board, std::int64_t span) {
  const double seconds = static_cast<double>(span) * 1e-9;
  GpuTotals& totals = gpu.totals;
  totals.energy_mj += gpu.power_mw * seconds;
  totals.busy += gpu.load * seconds;
  totals.memory_busy += gpu.memory_load * seconds;
  totals.encoder_busy += encoder_load(gpu) * seconds;
  totals.decoder_busy += decoder_load(gpu) * seconds;
  // Positions by nvmlPerfPolicyType_t.
  if ((gpu.reasons & kReasonPowerCap) != 0) totals.violation[0] += span;
  if ((gpu.reasons & (kReasonSoftwareThermal | kReasonHardwareThermal)) != 0) {
    totals.violation[1] += span;
  }
  if ((gpu.reasons & kReasonHardwareThermal) != 0) totals.hardware_thermal += span;
  if ((gpu.reasons & kReasonIdle) != 0) totals.violation[4] += span;
  if (gpu.settings.application_graphics != 0 &&
      gpu.graphics_mhz < gpu.settings.application_graphics) {
    totals.violation[10] += span;
  }
  add_traffic(gpu, board, seconds);
}

void remember(Gpu& gpu) {
  Sample& sample = gpu.samples[gpu.sample_next];
  sample.time = gpu.advanced_to;
  sample.load = static_cast<float>(gpu.load);
  sample.memory_load = static_cast<float>(gpu.memory_load);
  sample.encoder = static_cast<float>(encoder_load(gpu));
  sample.decoder = static_cast<float>(decoder_load(gpu));
  sample.power_mw = static_cast<std::uint32_t>(gpu.power_mw);
  sample.graphics_mhz = gpu.graphics_mhz;
  sample.memory_mhz = gpu.memory_mhz;
  gpu.sample_next = (gpu.sample_next + 1) % kMaxSamples;
  gpu.sample_count = std::min<std::uint32_t>(gpu.sample_count + 1, kMaxSamples);
}

void announce(Node& node, Gpu& gpu, std::uint32_t old_pstate, std::uint64_t old_reasons) {
  if (gpu.index >= node.gpu_count) return;  // Events are NVIDIA's.
  if (gpu.pstate != old_pstate) post_event(node, gpu.index, kEventPstate, gpu.pstate);
  if (gpu.reasons != old_reasons) post_event(node, gpu.index, kEventClock, gpu.reasons);
}

void tick(Node& node, Gpu& gpu, std::int64_t span) {
  const Board& board = board_of(node, gpu);
  const double seconds = static_cast<double>(span) * 1e-9;
  const std::int64_t elapsed = gpu.advanced_to + span - node.clock.started;
  const std::uint32_t old_pstate = gpu.pstate;
  const std::uint64_t old_reasons = gpu.reasons;
  gpu.load = gpu.suspended != 0 ? 0 : load_at(gpu.load_profile, gpu.seed, elapsed);
  gpu.memory_load = std::min(1.0, gpu.load * gpu.load_profile.memory);
  adjust_thermal_cut(gpu, board, seconds);
  choose_clocks(gpu, board);
  gpu.pstate = performance_state(gpu, board);
  move_power(gpu, board, elapsed, seconds);
  move_fans(gpu, board, seconds);
  move_temperature(gpu, board, seconds);
  add_totals(gpu, board, span);
  gpu.advanced_to += span;
  remember(gpu);
  announce(node, gpu, old_pstate, old_reasons);
}

}  // namespace

double encoder_load(const Gpu& gpu) {
  return engine_load(gpu.load_profile, gpu.load_profile.encoder, gpu.load);
}

double decoder_load(const Gpu& gpu) {
  return engine_load(gpu.load_profile, gpu.load_profile.decoder, gpu.load);
}

double automatic_fan(const Board& board, double temperature) {
  const FanLimits& fan = board.fan;
  if (temperature < fan.stop_below) return 0;
  const double hot = board.thermal.gpu_max;
  const double cool = std::min(hot - 1, fan.stop_below > 0 ? fan.stop_below : 35.0);
  const double share = std::clamp((temperature - cool) / (hot - cool), 0.0, 1.0);
  return fan.min_percent + (fan.max_percent - fan.min_percent) * share;
}

double power_demand(const Board& board, double load, double graphics_mhz, double memory_mhz) {
  const double x = graphics_mhz / board.clocks.graphics_max;
  const double y = memory_mhz / board.clocks.memory[0];
  const double active = board.power.full_mw - board.power.idle_mw;
  // Switching power grows with f*V^2, and V nearly with f; the rest is memory and leakage.
  const double share = 0.15 * y + 0.25 * x + 0.60 * x * x * x;
  return board.power.idle_mw + active * std::min(load, 1.2) * share;
}

void advance(Node& node, Gpu& gpu, std::int64_t now) {
  std::int64_t behind = now - gpu.advanced_to;
  if (behind < kTick) return;
  if (behind > kFineSpan) {
    const std::int64_t coarse = (behind - kFineSpan) / kCoarseTicks / kTick * kTick;
    if (coarse >= kTick) {
      for (std::int64_t i = 0; i < kCoarseTicks; ++i) tick(node, gpu, coarse);
    }
  }
  for (behind = now - gpu.advanced_to; behind >= kTick; behind -= kTick) tick(node, gpu, kTick);
}

void settle(Node& node, Gpu& gpu) {
  const Board& board = board_of(node, gpu);
  const std::uint32_t old_pstate = gpu.pstate;
  const std::uint64_t old_reasons = gpu.reasons;
  choose_clocks(gpu, board);
  gpu.pstate = performance_state(gpu, board);
  const double power =
      power_demand(board, gpu.load * intensity(gpu), gpu.graphics_mhz, gpu.memory_mhz);
  gpu.power_mw = std::min(power, static_cast<double>(gpu.settings.power_limit_mw));
  announce(node, gpu, old_pstate, old_reasons);
}

void warm_up(Node& node, Gpu& gpu, std::int64_t now) {
  const Board& board = board_of(node, gpu);
  gpu.temperature = board.thermal.ambient + 5;
  gpu.power_average_mw = board.power.idle_mw;
  gpu.advanced_to = now - kWarmUp;
  advance(node, gpu, now);
  gpu.advanced_to = now;
}

}  // namespace accel::sim
