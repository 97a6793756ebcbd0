#include "backends/amd/control/levels.hpp"

#include <algorithm>
#include <array>

#include "backends/amd/control/level.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"
#include "backends/amd/dpm_table.hpp"

namespace accel::amd {
namespace {

/// A level that may be chosen: the number to write, and its clock.
struct Level {
  int number = 0;
  double megahertz = 0;
};

/// Of a fine-grained clock the file shows the lowest, the present and the highest clock, and the
/// driver takes 0 for the lowest and 1 for the highest (navi10_ppt.c, smu_v13_0.c). Clocks of
/// engines with fixed levels have eight or so (Polaris, Vega).
bool is_fine_grained(std::string_view file, const DpmTable& table) {
  return file == kGraphicsLevels && table.levels.size() <= 3;
}

Result<std::vector<Level>> choices(const Site& site, std::string_view file) {
  const auto text = site.text(file);
  if (!text) return text.error();
  const std::string source = site.device().source(file);
  const auto table = parse_dpm_table(*text);
  if (!table) return annotate(source, table.error());
  std::vector<Level> levels;
  for (const DpmLevel& level : table->levels) {
    if (!level.index) {
      return Error{Errc::unavailable,
                   source + ": the clock is in deep sleep, in which the rows are not its levels",
                   "try again while the GPU works",
                   {}};
    }
    levels.push_back({*level.index, static_cast<double>(level.megahertz)});
  }
  if (levels.size() < 2) {
    return Error{Errc::operation_not_supported, source + ": no levels to choose from", "", {}};
  }
  if (is_fine_grained(file, *table)) levels = {levels.front(), {1, levels.back().megahertz}};
  return levels;
}

/// "0 1 3": those from one clock to another.
std::string numbers_between(const std::vector<Level>& levels, double low, double high) {
  std::string text;
  for (const Level& level : levels) {
    if (level.megahertz < low || level.megahertz > high) continue;
    text += (text.empty() ? "" : " ") + std::to_string(level.number);
  }
  return text;
}

std::string all_of(const std::vector<Level>& levels) {
  return numbers_between(levels, levels.front().megahertz, levels.back().megahertz);
}

/// Chips with a CPU refuse a choice of levels, or take it and do nothing (yellow_carp_ppt.c,
/// vangogh_ppt.c, default of *_force_clk_levels).
Error not_of_a_chip(const Site& site, std::string_view file) {
  return {Errc::operation_not_supported,
          site.device().source(file) + ": the driver has no choice of levels for chips with a CPU",
          "",
          {}};
}

KnobWrite write_of(std::string_view file, std::string numbers, const std::vector<Level>& levels) {
  return {.knob = std::string(file),
          .value = std::move(numbers),
          .rank = kLevels,
          .rest = all_of(levels)};
}

NumberSpan span_of(const SetpointValue& value) {
  if (const auto* span = std::get_if<NumberSpan>(&value)) return *span;
  return {std::get<double>(value), std::get<double>(value)};
}

Result<std::string> value(const Site& site, std::string_view file) {
  const auto levels = choices(site, file);
  if (!levels) return levels.error();
  if (!is_manual(present_level(site))) return all_of(*levels);
  return Error{Errc::operation_not_supported,
               site.device().source(file) + " tells the present clock, not what it may be",
               "",
               {}};
}

/// Out of level manual all levels may be chosen, and the driver refuses to be told so.
bool is_moot(const Site& site, std::string_view file, std::string_view value) {
  if (is_manual(present_level(site))) return false;
  const auto levels = choices(site, file);
  return levels && all_of(*levels) == value;
}

Result<Calls> calls(const Site& site, std::string_view file, std::string_view value) {
  return Calls{{site.device().source(file), std::string(value)}};
}

template <const std::string_view& File>
constexpr Knob knob() {
  return {File, [](const Site& site, std::string_view) { return value(site, File); },
          [](const Site& site, std::string_view, std::string_view text) {
            return calls(site, File, text);
          },
          nullptr,
          [](const Site& site, std::string_view, std::string_view text) {
            return is_moot(site, File, text);
          }};
}

}  // namespace

Result<SetpointState> levels_state(const Site& site, std::string_view file) {
  const auto levels = choices(site, file);
  if (!levels) return levels.error();
  if (site.is_integrated()) return not_of_a_chip(site, file);
  if (const auto refusal = site.write_refusal({file, kLevelFile})) return *refusal;
  SetpointState state;
  const std::string source = site.device().source(file);
  const SetpointValue whole = NumberSpan{levels->front().megahertz, levels->back().megahertz};
  state.present = present_level(site) == "auto"
                      ? Reading<SetpointValue>(whole, source)
                      : untold(source + " tells the present clock, not what it may be", source);
  state.usual = {whole, source};
  for (const Level& level : *levels) {
    if (state.range.steps.empty() || state.range.steps.back() < level.megahertz) {
      state.range.steps.push_back(level.megahertz);
    }
  }
  return state;
}

Result<Writes> levels_writes(const Site& site, std::string_view file, const SetpointValue& value) {
  const auto levels = choices(site, file);
  if (!levels) return levels.error();
  const NumberSpan span = span_of(value);
  auto numbers = numbers_between(*levels, span.low, span.high);
  if (numbers.empty()) {
    return Error{Errc::invalid_argument,
                 site.device().source(file) + ": no level at " + to_text(value) + " MHz",
                 "give the clock of one of its rows",
                 {}};
  }
  Writes writes;
  need_manual(site, kLevelForLevels, writes);
  writes.push_back(write_of(file, std::move(numbers), *levels));
  return writes;
}

Result<Writes> levels_usual(const Site& site, std::string_view file) {
  if (!is_manual(present_level(site))) return Writes{};
  const auto levels = choices(site, file);
  if (!levels) return levels.error();
  return Writes{write_of(file, all_of(*levels), *levels)};
}

void end_levels(const Site& site, Writes& writes) {
  if (site.is_integrated()) return;
  for (const std::string_view file : {kGraphicsLevels, kMemoryLevels}) {
    if (site.write_refusal({file})) continue;
    const auto levels = choices(site, file);
    if (!levels) continue;
    writes.push_back(write_of(file, all_of(*levels), *levels));
    writes.back().rank = kLevelsEnd;
  }
}

const Knob kGraphicsLevelsOf = knob<kGraphicsLevels>();
const Knob kMemoryLevelsOf = knob<kMemoryLevels>();

}  // namespace accel::amd
