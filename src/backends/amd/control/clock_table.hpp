// pp_od_clk_voltage as settings, in every dialect: a range of clocks, single states of clock and
// voltage, or an offset.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backends/amd/control/site.hpp"
#include "backends/amd/overdrive.hpp"

namespace accel::amd {

/// operation_not_supported, or permission_denied where the driver hides it (overdrive_refusal). An
/// empty table for a file that is blank: Van Gogh's is unless the level is manual.
[[nodiscard]] Result<OverdriveTable> clock_table(const Site& site);

/// The section where it is a range: rows 0 and 1, the lowest and the highest clock.
[[nodiscard]] const OverdriveSection* range_section(const OverdriveTable& table,
                                                    std::string_view name);

/// Cards of the first dialects, chips with a CPU, and accelerators of data centres: the driver
/// takes rows only in level manual, and forgets them with it.
[[nodiscard]] bool wants_manual(const OverdriveTable& table);

/// A row of the table as a knob: "s 1" is the second of OD_SCLK, "s" the offset.
[[nodiscard]] KnobWrite row_write(std::string_view row, std::string value);

/// Puts the level before rows to what they need, and back after them.
void surround_with_level(const Site& site, const OverdriveTable& table, Writes& writes);

/// What the rows hold is written once more, so that whoever undoes the loss of level manual finds
/// it.
void keep_rows(const Site& site, Writes& writes);

}  // namespace accel::amd
