// pp_dpm_sclk and pp_dpm_mclk as settings: which of a clock's levels the driver may choose. It
// tells the clock of now and never the choice.
#pragma once

#include <string_view>

#include "backends/amd/control/site.hpp"

namespace accel::amd {

/// `file` is kGraphicsLevels or kMemoryLevels.
[[nodiscard]] Result<SetpointState> levels_state(const Site& site, std::string_view file);
[[nodiscard]] Result<Writes> levels_writes(const Site& site, std::string_view file,
                                           const SetpointValue& value);
/// All levels again; nothing to write where the driver chooses by itself.
[[nodiscard]] Result<Writes> levels_usual(const Site& site, std::string_view file);

/// All levels of both clocks again, as far as they can be told.
void end_levels(const Site& site, Writes& writes);

}  // namespace accel::amd
