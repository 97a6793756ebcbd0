// power_dpm_force_performance_level: who chooses the clocks, and what else wants a level of it.
#pragma once

#include <optional>
#include <string>

#include "backends/amd/control/site.hpp"

namespace accel::amd {

/// The word in the file; nothing where it cannot be read.
[[nodiscard]] std::optional<std::string> present_level(const Site& site);

/// Levels in which a choice of clocks, of a profile or of a range counts.
[[nodiscard]] bool is_manual(const std::optional<std::string>& level);

[[nodiscard]] KnobWrite level_write(std::string level, int rank);

/// Puts the level to manual first, where it is not.
void need_manual(const Site& site, int rank, Writes& writes);

}  // namespace accel::amd
