// performance_level. The words: amdgpu_pm.c, amdgpu_set_power_dpm_force_performance_level.
#include "backends/amd/control/level.hpp"

#include <array>

#include "backends/amd/control/clock_table.hpp"
#include "backends/amd/control/levels.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"

namespace accel::amd {
namespace {

// Without profile_exit, which is an order and no level.
constexpr std::array<std::string_view, 8> kWords{"auto",
                                                 "low",
                                                 "high",
                                                 "manual",
                                                 "profile_standard",
                                                 "profile_min_sclk",
                                                 "profile_min_mclk",
                                                 "profile_peak"};
/// Of MI200 and MI300 alone, whose clock table has no ranges.
constexpr std::string_view kDeterminism = "perf_determinism";

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  const auto level = site.text(kLevelFile);
  if (!level) return level.error();
  if (const auto refusal = site.write_refusal({kLevelFile})) return *refusal;
  SetpointState state;
  state.present = {SetpointValue(*level), site.device().source(kLevelFile)};
  state.usual = {SetpointValue(std::string("auto")), "amdgpu"};
  state.range.words.assign(kWords.begin(), kWords.end());
  const auto table = clock_table(site);
  if (table && !table->sections.empty() && table->ranges.empty()) {
    state.range.words.emplace_back(kDeterminism);
  }
  return state;
}

/// The driver forgets what was chosen in level manual when it leaves that. It is ended piece by
/// piece before, so that it can come back piece by piece.
Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  const auto& wanted = std::get<std::string>(value);
  const auto level = present_level(site);
  Writes writes;
  if (is_manual(level) && *level != wanted) {
    end_levels(site, writes);
    keep_rows(site, writes);
  }
  writes.push_back(level_write(wanted, kLevel));
  return writes;
}

Result<Writes> usual(const Site& site, const SetpointRow& row) {
  return writes(site, row, SetpointValue(std::string("auto")));
}

Result<std::string> value(const Site& site, std::string_view /*detail*/) {
  return site.text(kLevelFile);
}

Result<Calls> calls(const Site& site, std::string_view /*detail*/, std::string_view value) {
  return Calls{{site.device().source(kLevelFile), std::string(value)}};
}

}  // namespace

std::optional<std::string> present_level(const Site& site) {
  auto level = site.text(kLevelFile);
  return level ? std::optional(std::move(*level)) : std::nullopt;
}

bool is_manual(const std::optional<std::string>& level) {
  return level && (*level == "manual" || *level == kDeterminism);
}

KnobWrite level_write(std::string level, int rank) {
  return {.knob = std::string(kLevelFile), .value = std::move(level), .rank = rank};
}

void need_manual(const Site& site, int rank, Writes& writes) {
  if (!is_manual(present_level(site))) writes.push_back(level_write("manual", rank));
}

const Setting kPerformanceLevel{&setpoint::performance_level, state, writes, usual};
const Knob kLevelOf{kLevelFile, value, calls};

}  // namespace accel::amd
