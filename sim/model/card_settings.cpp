#include "card_settings.hpp"

#include <algorithm>
#include <bit>

#include "physics.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kFanManual = 1;  // of pwm1_enable

/// The lowest and highest row that a mask allows, of `rows`.
std::pair<std::uint32_t, std::uint32_t> rows_of(std::uint32_t mask, std::uint32_t rows) {
  if (mask == 0) return {0, rows - 1};
  const auto low = static_cast<std::uint32_t>(std::countr_zero(mask));
  const auto high = static_cast<std::uint32_t>(31 - std::countl_zero(mask));
  return {std::min(low, rows - 1), std::min(high, rows - 1)};
}

/// Left alone, an idle GPU clocks below the range.
void free_graphics(const Board& board, std::uint32_t low, std::uint32_t high, GpuSettings& out) {
  const ClockTable& table = board.clocks;
  const bool is_default = low == table.graphics_min && high == table.graphics_max;
  out.locked_graphics_min = low > table.graphics_min ? low : table.graphics_idle;
  if (is_default) out.locked_graphics_min = out.locked_graphics_max = 0;
}

void limit_graphics(const Board& board, const AmdSettings& set, GpuSettings& out) {
  const auto low = static_cast<std::uint32_t>(set.clocks.graphics_min);
  const auto high = static_cast<std::uint32_t>(set.clocks.graphics_max);
  out.graphics_offset =
      std::max(0, set.clocks.graphics_max - static_cast<std::int32_t>(board.clocks.graphics_max));
  out.locked_graphics_min = low;
  out.locked_graphics_max = high;
  switch (set.level) {
    case kLevelLow:
    case kLevelLowestGraphics: out.locked_graphics_max = low; break;
    case kLevelHigh:
    case kLevelPeak: out.locked_graphics_min = high; break;
    case kLevelStandard:
      out.locked_graphics_min = out.locked_graphics_max = (low + high) / 2;
      break;
    case kLevelManual: {
      // Of a fine-grained clock two rows count (smu_v13_0_set_soft_freq_limited_range).
      const auto [first, last] = rows_of(set.graphics_mask, 2);
      if (first == 1) out.locked_graphics_min = high;
      if (last == 0) out.locked_graphics_max = low;
      break;
    }
    default: free_graphics(board, low, high, out);
  }
}

/// Levels are listed lowest first in the file, highest first on the board.
void limit_memory(const Board& board, const AmdSettings& set, GpuSettings& out) {
  const std::uint32_t count = board.clocks.memory_count;
  out.memory_offset = set.clocks.memory_max - static_cast<std::int32_t>(board.clocks.memory[0]);
  const auto level = [&](std::uint32_t row) { return board.clocks.memory[count - 1 - row]; };
  out.locked_memory_min = out.locked_memory_max = 0;
  if (set.level == kLevelLow || set.level == kLevelLowestMemory) {
    out.locked_memory_min = out.locked_memory_max = level(0);
  } else if (set.level == kLevelHigh || set.level == kLevelPeak) {
    out.locked_memory_min = out.locked_memory_max = level(count - 1);
  } else if (set.level == kLevelManual) {
    const auto [first, last] = rows_of(set.memory_mask, count);
    out.locked_memory_min = level(first);
    out.locked_memory_max = level(last);
  }
}

bool has_curve(const FanControl& fan) {
  return std::any_of(std::begin(fan.curve), std::end(fan.curve), [](const CurvePoint& point) {
    return point.celsius != 0 || point.percent != 0;
  });
}

/// The curve's speed at a temperature: flat at both ends, straight in between.
std::uint32_t speed_at(const FanControl& fan, double celsius) {
  const CurvePoint* before = fan.curve;
  for (const CurvePoint& point : fan.curve) {
    if (celsius < point.celsius) {
      if (&point == before || point.celsius == before->celsius) break;
      const double share = (celsius - before->celsius) / (point.celsius - before->celsius);
      return static_cast<std::uint32_t>(before->percent +
                                        share * (point.percent - before->percent));
    }
    before = &point;
  }
  return static_cast<std::uint32_t>(before->percent);
}

void limit_fans(const Board& board, Card& card) {
  const AmdSettings& set = card.amd;
  const bool follows_curve = has_curve(set.fan);
  for (std::uint32_t fan = 0; fan < board.fan.count; ++fan) {
    GpuSettings& out = card.gpu.settings;
    out.fan_manual[fan] = follows_curve || set.fan_mode <= kFanManual ? 1 : 0;
    if (set.fan_mode == kFanManual) {
      out.fan_target[fan] = set.fan_duty * 100 / 255;
    } else if (follows_curve) {
      out.fan_target[fan] = speed_at(set.fan, card.gpu.temperature);
    } else {
      out.fan_target[fan] = 100;  // 0: no control, full speed
    }
  }
}

}  // namespace

ClockRange default_clocks(const Board& board) {
  // Idle cards clock lower than the table's own minimum (recorded: 500 MHz, RX 7900 XTX at 31 MHz).
  return {
      .graphics_min = static_cast<std::int32_t>(board.clocks.graphics_min),
      .graphics_max = static_cast<std::int32_t>(board.clocks.graphics_max),
      .memory_min = static_cast<std::int32_t>(board.clocks.memory[board.clocks.memory_count - 1]),
      .memory_max = static_cast<std::int32_t>(board.clocks.memory[0]),
      .voltage_offset = 0};
}

FanControl default_fan(const Board& board) {
  // As on an RX 7900 XTX; no curve.
  return {.curve = {},
          .acoustic_limit = static_cast<std::int32_t>(board.fan.max_rpm),
          .acoustic_target = static_cast<std::int32_t>(board.fan.max_rpm / 2),
          .target_temperature = 83,
          .minimum_pwm = static_cast<std::int32_t>(board.fan.min_percent),
          .zero_rpm = 1};
}

void reset_settings(const Node& node, Card& card) {
  const Board& board = board_of(node, card.gpu);
  const CardProduct& product = product_of(node, card);
  card.amd = {};
  card.amd.clocks = card.amd.staged_clocks = default_clocks(board);
  card.amd.fan_mode = 2;
  card.amd.fan = card.amd.staged_fan = default_fan(board);
  card.frequency = {.min = board.clocks.graphics_min,
                    .max = board.clocks.graphics_max,
                    .boost = board.clocks.graphics_max,
                    .media_min = product.media_min,
                    .media_max = product.media_max,
                    .power_profile = 0,
                    .limit_off = 0};
}

void apply_settings(Node& node, Card& card) {
  const Board& board = board_of(node, card.gpu);
  GpuSettings& out = card.gpu.settings;
  if (product_of(node, card).driver == Driver::amdgpu) {
    limit_graphics(board, card.amd, out);
    limit_memory(board, card.amd, out);
    limit_fans(board, card);
  } else {
    out.locked_graphics_min = card.frequency.min;
    out.locked_graphics_max = std::max(card.frequency.min, card.frequency.max);
  }
  settle(node, card.gpu);
}

void advance_card(Node& node, Card& card, std::int64_t now) {
  if (product_of(node, card).driver == Driver::amdgpu) limit_fans(board_of(node, card.gpu), card);
  advance(node, card.gpu, now);
}

}  // namespace accel::sim
