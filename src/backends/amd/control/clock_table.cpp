#include "backends/amd/control/clock_table.hpp"

#include <algorithm>

#include "backends/amd/control/level.hpp"
#include "backends/amd/control/order.hpp"
#include "backends/amd/control/overdrive_bit.hpp"
#include "backends/amd/control/rows.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

struct RowName {
  std::string_view section;
  std::optional<int> index;
};

/// "s 1": row 1 of OD_SCLK; "s": the only one of OD_SCLK_OFFSET.
RowName row_name(std::string_view detail) {
  if (detail == "s") return {"OD_SCLK_OFFSET", std::nullopt};
  const auto index = base::parse_integer(detail.substr(std::min<std::size_t>(detail.size(), 2)));
  return {detail.starts_with("m ") ? "OD_MCLK" : "OD_SCLK", static_cast<int>(index.value_or(-1))};
}

Result<OverdriveRow> row_of(const Site& site, std::string_view detail) {
  const auto table = clock_table(site);
  if (!table) return table.error();
  const RowName name = row_name(detail);
  const OverdriveSection* section = table->section(name.section);
  if (section != nullptr) {
    for (const OverdriveRow& row : section->rows) {
      if (row.index == name.index && !row.values.empty()) return row;
    }
  }
  return Error{Errc::operation_not_supported,
               site.device().source(kClockTableFile) + ": no row '" + std::string(detail) +
                   "' in " + std::string(name.section),
               table->sections.empty() ? "the table is blank unless the level is manual" : "",
               {}};
}

Result<std::string> value(const Site& site, std::string_view detail) {
  const auto row = row_of(site, detail);
  if (!row) return row.error();
  return std::to_string(row->values.front().number);
}

/// A row that holds a voltage as well keeps it. A value with a sign plus is one that somebody was
/// to add to another.
Result<Calls> calls(const Site& site, std::string_view detail, std::string_view value) {
  if (value.starts_with('+') || !base::parse_integer(value)) {
    return Error{
        Errc::invalid_argument,
        std::string(kClockTableFile) + " takes whole numbers, not '" + std::string(value) + "'",
        "",
        {}};
  }
  const std::string path = site.device().source(kClockTableFile);
  std::string text = std::string(detail) + " " + std::string(value);
  const auto row = row_of(site, detail);
  if (row && row->values.size() > 1) text += " " + std::to_string(row->values[1].number);
  return Calls{{path, std::move(text)}, {path, "c"}};
}

/// Out of level manual such a table holds what the driver starts with, and takes nothing.
bool is_moot(const Site& site, std::string_view detail, std::string_view value) {
  const auto table = clock_table(site);
  if (!table || !wants_manual(*table) || is_manual(present_level(site))) return false;
  const auto row = row_of(site, detail);
  return table->sections.empty() || (row && std::to_string(row->values.front().number) == value);
}

}  // namespace

Result<OverdriveTable> clock_table(const Site& site) {
  if (!site.has(kClockTableFile)) return overdrive_refusal(site, kClockTableFile);
  const auto text = site.device().text(kClockTableFile);
  if (!text) return text.error();
  auto table = parse_overdrive(*text);
  if (!table) return annotate(site.device().source(kClockTableFile), table.error());
  return table;
}

const OverdriveSection* range_section(const OverdriveTable& table, std::string_view name) {
  const OverdriveSection* section = table.section(name);
  if (section == nullptr || section->rows.size() != 2) return nullptr;
  for (int index = 0; index < 2; ++index) {
    const OverdriveRow& row = section->rows[static_cast<std::size_t>(index)];
    if (row.index != index || row.values.size() != 1) return nullptr;
  }
  return section;
}

bool wants_manual(const OverdriveTable& table) {
  return table.section("OD_VDDGFX_OFFSET") == nullptr &&
         table.section("OD_VDDC_CURVE") == nullptr && table.section("OD_SCLK_OFFSET") == nullptr;
}

KnobWrite row_write(std::string_view row, std::string value) {
  return {.knob = std::string(kClockTableFile) + " " + std::string(row),
          .value = std::move(value),
          .rank = kClockTable};
}

void surround_with_level(const Site& site, const OverdriveTable& table, Writes& writes) {
  const auto level = present_level(site);
  if (wants_manual(table)) {
    if (!is_manual(level)) writes.insert(writes.begin(), level_write("manual", kLevelForTable));
  } else if (level == "high" || level == "low") {
    writes.insert(writes.begin(), level_write("auto", kLevelForTable));
    writes.push_back(level_write(*level, kLevelAfterTable));
  }
}

void keep_rows(const Site& site, Writes& writes) {
  const auto table = clock_table(site);
  if (!table || !wants_manual(*table)) return;
  const OverdriveSection* section = range_section(*table, "OD_SCLK");
  if (section == nullptr) return;
  for (const OverdriveRow& row : section->rows) {
    writes.push_back(
        row_write("s " + std::to_string(*row.index), std::to_string(row.values.front().number)));
    writes.back().rank = kLevelsEnd;
  }
}

const Knob kTableRowOf{kClockTableFile, value, calls, nullptr, is_moot};

}  // namespace accel::amd
