// sm_clock_mhz: the lowest and the highest graphics clock, in the clock table where it has such a
// range, else as a choice of levels.
#include "backends/amd/control/clock_table.hpp"
#include "backends/amd/control/level.hpp"
#include "backends/amd/control/levels.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/rows.hpp"
#include "backends/amd/dpm_table.hpp"

namespace accel::amd {
namespace {

constexpr std::string_view kLowest = "s 0";
constexpr std::string_view kHighest = "s 1";

/// What the clock table says of the graphics clock, or would.
struct Range {
  OverdriveTable table;
  std::optional<NumberSpan> present;  ///< nothing while the table is blank
  std::optional<NumberSpan> allowed;
};

std::optional<NumberSpan> allowed_in(const OverdriveTable& table) {
  const OverdriveRange* range = table.range("SCLK");
  if (range == nullptr) return std::nullopt;
  return NumberSpan{static_cast<double>(range->low.number),
                    static_cast<double>(range->high.number)};
}

/// Van Gogh prints no table unless the level is manual; its levels then are its range
/// (vangogh_ppt.c, vangogh_print_clk_levels).
std::optional<NumberSpan> span_of_levels(const Site& site) {
  const auto text = site.text(kGraphicsLevels);
  const auto levels = text ? parse_dpm_table(*text) : Result<DpmTable>(text.error());
  if (!levels || levels->levels.size() < 2) return std::nullopt;
  return NumberSpan{static_cast<double>(levels->levels.front().megahertz),
                    static_cast<double>(levels->levels.back().megahertz)};
}

/// Nothing where the clock table is no such range, or is missing.
std::optional<Range> range_of(const Site& site) {
  auto table = clock_table(site);
  if (!table) return std::nullopt;
  Range range{std::move(*table), std::nullopt, std::nullopt};
  if (range.table.sections.empty() && site.is_integrated()) {
    range.allowed = span_of_levels(site);
    return range.allowed ? std::optional(std::move(range)) : std::nullopt;
  }
  const OverdriveSection* section = range_section(range.table, "OD_SCLK");
  if (section == nullptr) return std::nullopt;
  range.present = NumberSpan{static_cast<double>(section->rows[0].values[0].number),
                             static_cast<double>(section->rows[1].values[0].number)};
  range.allowed = allowed_in(range.table);
  return range;
}

SetpointValue value_of(NumberSpan span) {
  return span.low == span.high ? SetpointValue(span.low) : SetpointValue(span);
}

Result<SetpointState> range_state(const Site& site, const Range& range) {
  const std::string source = site.device().source(kClockTableFile);
  if (const auto refusal = site.write_refusal({kClockTableFile})) return *refusal;
  if (wants_manual(range.table)) {
    if (const auto refusal = site.write_refusal({kLevelFile})) return *refusal;
  }
  SetpointState state;
  state.present = range.present ? Reading<SetpointValue>(value_of(*range.present), source)
                                : untold(source + " is blank unless the level is manual", source);
  state.usual = untold("the driver does not tell with which clocks it started", source);
  if (range.allowed) {
    state.range.min = range.allowed->low;
    state.range.max = range.allowed->high;
  } else {
    state.range.unchecked = source + " has no OD_RANGE";
  }
  return state;
}

std::string whole(double number) { return std::to_string(static_cast<std::int64_t>(number)); }

/// The lowest may never be above the highest, not even between two writes.
Result<Writes> range_writes(const Site& site, const Range& range, const SetpointValue& value) {
  const auto* both = std::get_if<NumberSpan>(&value);
  const NumberSpan wanted =
      both != nullptr ? *both : NumberSpan{std::get<double>(value), std::get<double>(value)};
  KnobWrite lowest = row_write(kLowest, whole(wanted.low));
  KnobWrite highest = row_write(kHighest, whole(wanted.high));
  if (!range.present && range.allowed) {
    lowest.rest = whole(range.allowed->low);
    highest.rest = whole(range.allowed->high);
  }
  const bool is_going_up = range.present && wanted.high > range.present->high;
  Writes writes = is_going_up ? Writes{std::move(highest), std::move(lowest)}
                              : Writes{std::move(lowest), std::move(highest)};
  surround_with_level(site, range.table, writes);
  return writes;
}

Result<SetpointState> state(const Site& site, const SetpointRow& /*row*/) {
  if (const auto range = range_of(site)) return range_state(site, *range);
  return levels_state(site, kGraphicsLevels);
}

Result<Writes> writes(const Site& site, const SetpointRow& /*row*/, const SetpointValue& value) {
  if (const auto range = range_of(site)) return range_writes(site, *range, value);
  return levels_writes(site, kGraphicsLevels, value);
}

/// A reset of the table would drop what is set of the fan as well (RDNA 3 and 4).
Result<Writes> usual(const Site& site, const SetpointRow& /*row*/) {
  if (!range_of(site)) return levels_usual(site, kGraphicsLevels);
  Writes writes{row_write(kLowest, ""), row_write(kHighest, "")};
  for (KnobWrite& write : writes) write.to_original = true;
  return writes;
}

Result<SetpointState> memory_state(const Site& site, const SetpointRow& /*row*/) {
  return levels_state(site, kMemoryLevels);
}
Result<Writes> memory_writes(const Site& site, const SetpointRow& /*row*/,
                             const SetpointValue& value) {
  return levels_writes(site, kMemoryLevels, value);
}
Result<Writes> memory_usual(const Site& site, const SetpointRow& /*row*/) {
  return levels_usual(site, kMemoryLevels);
}

}  // namespace

const Setting kGraphicsClock{&setpoint::sm_clock_mhz, state, writes, usual};
const Setting kMemoryClock{&setpoint::mem_clock_mhz, memory_state, memory_writes, memory_usual};

}  // namespace accel::amd
