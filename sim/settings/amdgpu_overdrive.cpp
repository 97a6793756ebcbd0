// The commands of pp_od_clk_voltage and gpu_od/fan_ctrl: values are staged, `c` puts them into
// effect, `r` restores what the driver started with. Refusals: amdgpu_pm.c, smu_v13_0_0_ppt.c, and
// smu_v14_0.c for GPUs in the processor.

#include <array>
#include <cerrno>

#include "../model/card_settings.hpp"
#include "../tree/amdgpu_rows.hpp"
#include "text.hpp"
#include "write.hpp"

namespace accel::sim {
namespace {

constexpr std::size_t kLongestCommand = 127;

using Numbers = std::vector<std::int32_t>;

bool is_within(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value >= low && value <= high;
}

/// MI300 has a range of clocks, and takes it only in these levels.
bool may_edit(const Setting& s) {
  if (s.product.metrics != kMetrics17) return true;
  return s.card.amd.level == kLevelManual || s.card.amd.level == kLevelDeterminism;
}

/// "s 0 500", "s 1 2700": the lowest and the highest graphics clock.
int edit_graphics(Setting& s, const Numbers& numbers) {
  const OverdriveLimits limits = overdrive_limits(s.board);
  ClockRange range = s.card.amd.staged_clocks;
  if (numbers.empty() || numbers.size() % 2 != 0) return EINVAL;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    if (!is_within(numbers[i + 1], limits.graphics_low, limits.graphics_high)) return EINVAL;
    if (numbers[i] < 0 || numbers[i] > 1) return EINVAL;
    (numbers[i] == 0 ? range.graphics_min : range.graphics_max) = numbers[i + 1];
  }
  if (range.graphics_min > range.graphics_max) return EINVAL;
  s.card.amd.staged_clocks = range;
  return 0;
}

int edit_memory(Setting& s, const Numbers& numbers) {
  const OverdriveLimits limits = overdrive_limits(s.board);
  ClockRange range = s.card.amd.staged_clocks;
  if (numbers.empty() || numbers.size() % 2 != 0) return EINVAL;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    if (!is_within(numbers[i + 1], limits.memory_low, limits.memory_high)) return EINVAL;
    if (numbers[i] < 0 || numbers[i] > 1) return EINVAL;
    (numbers[i] == 0 ? range.memory_min : range.memory_max) = numbers[i + 1];
  }
  if (range.memory_min > range.memory_max) return EINVAL;
  s.card.amd.staged_clocks = range;
  return 0;
}

int edit_voltage(Setting& s, const Numbers& numbers) {
  const OverdriveLimits limits = overdrive_limits(s.board);
  if (s.product.metrics == kMetrics17 || numbers.size() != 1) return EINVAL;
  if (!is_within(numbers[0], limits.voltage_low, limits.voltage_high)) return EINVAL;
  s.card.amd.staged_clocks.voltage_offset = numbers[0];
  return 0;
}

/// At once, and on RDNA 3 with what was set of the fan.
int restore_clocks(Setting& s) {
  s.card.amd.clocks = s.card.amd.staged_clocks = default_clocks(s.board);
  s.card.amd.fan = s.card.amd.staged_fan = default_fan(s.board);
  return 0;
}

/// In the processor: one end of the range of clocks, no further than it was made for. Whether the
/// ends cross is looked at when they are to take effect; so is what `r` restores.
int processor_command(Setting& s, std::string_view word, const Numbers& numbers) {
  if (s.card.amd.level != kLevelManual) return EINVAL;
  ClockRange& range = s.card.amd.staged_clocks;
  const ClockRange made_for = default_clocks(s.board);
  if (word == "s") {
    if (numbers.size() != 2 || numbers[0] < 0 || numbers[0] > 1) return EINVAL;
    const bool is_low = numbers[0] == 0;
    if (is_low ? numbers[1] < made_for.graphics_min : numbers[1] > made_for.graphics_max) {
      return EINVAL;
    }
    (is_low ? range.graphics_min : range.graphics_max) = numbers[1];
    return 0;
  }
  if (!numbers.empty() || (word != "r" && word != "c")) return EINVAL;
  if (word == "r") {
    range = made_for;
    return 0;
  }
  if (range.graphics_min > range.graphics_max) return EINVAL;
  s.card.amd.clocks = range;
  return 0;
}

int clock_command(Setting& s, std::string_view text) {
  const auto words = words_of(text);
  if (words.empty() || text.size() > kLongestCommand || !may_edit(s)) return EINVAL;
  Numbers numbers;
  if (parse_numbers(words, 1, numbers) != 0) return EINVAL;
  if (s.product.metrics == kMetrics30) return processor_command(s, words[0], numbers);
  if (words[0] == "s") return edit_graphics(s, numbers);
  if (words[0] == "m") return edit_memory(s, numbers);
  if (words[0] == "vo") return edit_voltage(s, numbers);
  if (words[0] == "r") return restore_clocks(s);
  if (words[0] != "c") return EINVAL;
  s.card.amd.clocks = s.card.amd.staged_clocks;
  return 0;
}

/// "2 60 45": a point, its temperature, its speed.
int edit_curve(Setting& s, const Numbers& numbers) {
  if (numbers.size() != 3 || !is_within(numbers[0], 0, kCurvePoints - 1)) return EINVAL;
  if (!is_within(numbers[1], kCurveColdest, kCurveHottest)) return EINVAL;
  if (!is_within(numbers[2], kCurveSlowest, 100)) return EINVAL;
  s.card.amd.staged_fan.curve[numbers[0]] = {numbers[1], numbers[2]};
  return 0;
}

int curve_command(Setting& s, std::string_view text) {
  const auto words = words_of(text);
  if (words.empty() || text.size() > kLongestCommand) return EINVAL;
  AmdSettings& set = s.card.amd;
  const FanControl original = default_fan(s.board);
  if (words[0] == "r") {
    std::copy(std::begin(original.curve), std::end(original.curve), set.staged_fan.curve);
    std::copy(std::begin(original.curve), std::end(original.curve), set.fan.curve);
    return 0;
  }
  if (words[0] == "c") {
    std::copy(std::begin(set.staged_fan.curve), std::end(set.staged_fan.curve), set.fan.curve);
    return 0;
  }
  Numbers numbers;
  if (parse_numbers(words, 0, numbers) != 0) return EINVAL;
  return edit_curve(s, numbers);
}

/// Anything but zero RPM ends a curve: the fan is automatic again.
void put_into_effect(AmdSettings& set, const FanValue& value) {
  set.fan.*value.field = set.staged_fan.*value.field;
  if (value.field == &FanControl::zero_rpm) return;
  std::fill(std::begin(set.fan.curve), std::end(set.fan.curve), CurvePoint{});
  std::fill(std::begin(set.staged_fan.curve), std::end(set.staged_fan.curve), CurvePoint{});
}

int value_command(Setting& s, const FanValue& value, std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 1 || text.size() > kLongestCommand) return EINVAL;
  AmdSettings& set = s.card.amd;
  if (words[0] == "c") {
    put_into_effect(set, value);
    return 0;
  }
  if (words[0] == "r") {
    const FanControl original = default_fan(s.board);
    set.fan.*value.field = set.staged_fan.*value.field = original.*value.field;
    return 0;
  }
  std::int32_t number = 0;
  if (parse_signed(words[0], number) != 0) return EINVAL;
  if (!is_within(number, value.low(s.board), value.high(s.board))) return EINVAL;
  set.staged_fan.*value.field = number;
  return 0;
}

}  // namespace

int write_amdgpu_overdrive(Setting& setting, std::string_view name, std::string_view text) {
  constexpr std::string_view kFolder = "gpu_od/fan_ctrl/";
  if (name == "pp_od_clk_voltage") return clock_command(setting, text);
  if (name.substr(0, kFolder.size()) != kFolder) return EACCES;
  name.remove_prefix(kFolder.size());
  if (name == "fan_curve") return curve_command(setting, text);
  for (const FanValue& value : kFanValues) {
    if (name == value.name) return value_command(setting, value, text);
  }
  return EACCES;
}

}  // namespace accel::sim
