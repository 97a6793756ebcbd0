// gpu_clock_offset_mhz and mem_clock_offset_mhz: RDNA 4 takes an offset of the graphics clock; of
// earlier cards the highest clock is moved. Voltages stay as they are.
#include <cmath>

#include "backends/amd/control/clock_table.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"

namespace accel::amd {
namespace {

struct Domain {
  std::string_view letter;   ///< of a row: "s"
  std::string_view section;  ///< "OD_SCLK"
  std::string_view range;    ///< of the offset; empty: there is none
};

Domain domain_of(const SetpointRow& row) {
  if (row.order == setpoint::mem_clock_offset_mhz.order) return {"m", "OD_MCLK", ""};
  return {"s", "OD_SCLK", "SCLK_OFFSET"};
}

bool has_offset(const OverdriveTable& table, const Domain& domain) {
  return !domain.range.empty() && table.section("OD_SCLK_OFFSET") != nullptr;
}

/// "s 1": the row with the highest clock.
std::optional<std::string> highest_row(const OverdriveTable& table, const Domain& domain) {
  const OverdriveSection* section = table.section(domain.section);
  if (section == nullptr || section->rows.empty() || !section->rows.back().index) {
    return std::nullopt;
  }
  return std::string(domain.letter) + " " + std::to_string(*section->rows.back().index);
}

Error no_clock(const Site& site, const Domain& domain) {
  return {Errc::operation_not_supported,
          site.device().source(kClockTableFile) + ": no section '" + std::string(domain.section) +
              "' with rows",
          "",
          {}};
}

SetpointState offset_state(const Site& site, const OverdriveTable& table, const Domain& domain) {
  const std::string source = site.device().source(kClockTableFile);
  SetpointState state;
  const OverdriveSection* section = table.section("OD_SCLK_OFFSET");
  if (section->rows.empty() || section->rows.front().values.empty()) {
    state.present = untold(source + ": no row in OD_SCLK_OFFSET", source);
  } else {
    state.present = {SetpointValue(static_cast<double>(section->rows[0].values[0].number)), source};
  }
  if (const OverdriveRange* range = table.range(domain.range)) {
    state.range.min = static_cast<double>(range->low.number);
    state.range.max = static_cast<double>(range->high.number);
  } else {
    state.range.unchecked = source + " has no range '" + std::string(domain.range) + "'";
  }
  return state;
}

Result<SetpointState> state(const Site& site, const SetpointRow& row) {
  const auto table = clock_table(site);
  if (!table) return table.error();
  const Domain domain = domain_of(row);
  if (const auto refusal = site.write_refusal({kClockTableFile})) return *refusal;
  SetpointState state;
  if (has_offset(*table, domain)) {
    state = offset_state(site, *table, domain);
  } else if (highest_row(*table, domain)) {
    if (wants_manual(*table)) {
      if (const auto refusal = site.write_refusal({kLevelFile})) return *refusal;
    }
    const std::string source = site.device().source(kClockTableFile);
    state.present = untold("the driver does not tell with which clock it started", source);
    state.range.unchecked = "the range is that of the clock which comes out, in " + source;
  } else {
    return no_clock(site, domain);
  }
  state.usual = {SetpointValue(0.0), "no offset"};
  return state;
}

/// "+100", "+-50": to be added to the number that the knob held before accel first wrote it, which
/// the driver does not tell. A value with a plus that nobody added is refused by the knob.
std::string difference(std::int64_t number) { return "+" + std::to_string(number); }

Result<Writes> writes(const Site& site, const SetpointRow& row, const SetpointValue& value) {
  const auto table = clock_table(site);
  if (!table) return table.error();
  const Domain domain = domain_of(row);
  const auto offset = static_cast<std::int64_t>(std::trunc(std::get<double>(value)));
  if (has_offset(*table, domain)) {
    return Writes{row_write(domain.letter, std::to_string(offset))};
  }
  const auto highest = highest_row(*table, domain);
  if (!highest) return no_clock(site, domain);
  Writes writes{row_write(*highest, difference(offset))};
  surround_with_level(site, *table, writes);
  return writes;
}

Result<Writes> usual(const Site& site, const SetpointRow& row) {
  const auto table = clock_table(site);
  if (!table) return table.error();
  const Domain domain = domain_of(row);
  if (has_offset(*table, domain)) return Writes{row_write(domain.letter, "0")};
  const auto highest = highest_row(*table, domain);
  if (!highest) return no_clock(site, domain);
  Writes writes{row_write(*highest, "")};
  writes[0].to_original = true;
  return writes;
}

}  // namespace

const Setting kGraphicsOffset{&setpoint::gpu_clock_offset_mhz, state, writes, usual};
const Setting kMemoryOffset{&setpoint::mem_clock_offset_mhz, state, writes, usual};

}  // namespace accel::amd
