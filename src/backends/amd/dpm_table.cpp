#include "backends/amd/dpm_table.hpp"

#include <algorithm>

#include "backends/amd/lines.hpp"

namespace accel::amd {
namespace {

constexpr std::int64_t kMostLevels = 64;
constexpr std::int64_t kFastest = 100'000;  // MHz

Error no_level(std::string_view line) {
  return {Errc::malformed, "not a clock level: '" + std::string(line) + "'", "", {}};
}

/// "1: 1500Mhz *", or "S: 19Mhz *".
std::optional<DpmLevel> level_of(std::string_view line) {
  DpmLevel level;
  const auto name = next_word(line);
  if (name != "S:") {
    const auto index = number_with(name, ":");
    if (!index || *index < 0 || *index >= kMostLevels) return std::nullopt;
    level.index = static_cast<int>(*index);
  }
  const auto clock = number_with(next_word(line), "Mhz");
  if (!clock || *clock < 0 || *clock > kFastest) return std::nullopt;
  level.megahertz = *clock;
  const auto mark = next_word(line);
  level.active = mark == "*";
  if ((!mark.empty() && !level.active) || !next_word(line).empty()) return std::nullopt;
  return level;
}

}  // namespace

std::optional<std::int64_t> DpmTable::present() const {
  std::optional<std::int64_t> clock;
  for (const DpmLevel& level : levels) {
    if (!level.active) continue;
    if (clock && *clock != level.megahertz) return std::nullopt;
    clock = level.megahertz;
  }
  return clock;
}

std::optional<std::int64_t> DpmTable::highest() const {
  std::int64_t clock = 0;
  for (const DpmLevel& level : levels) {
    if (!level.index) return std::nullopt;
    clock = std::max(clock, level.megahertz);
  }
  return clock > 0 ? std::optional(clock) : std::nullopt;
}

Result<DpmTable> parse_dpm_table(std::string_view text) {
  DpmTable table;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (line.empty()) continue;
    const auto level = level_of(line);
    if (!level || std::ssize(table.levels) > kMostLevels) return no_level(line);
    table.levels.push_back(*level);
  }
  return table;
}

}  // namespace accel::amd
