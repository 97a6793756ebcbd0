#include "render/columns.hpp"

#include <algorithm>

#include "base/environment.hpp"
#include "base/spelling.hpp"

namespace accel::render {

Result<std::vector<std::string>> parse_columns(std::string_view text,
                                               std::span<const std::string> known) {
  std::vector<std::string> names = base::split_list(text);
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::vector<std::string_view> views(known.begin(), known.end());
    std::string remedy = base::suggestion(name, views);
    if (remedy.empty()) {
      remedy = "there are:";
      for (const std::string_view view : views) remedy.append(" ").append(view);
    }
    return Error{Errc::invalid_argument, "unknown field: '" + name + "'", std::move(remedy), {}};
  }
  return names;
}

Table with_columns(Table table, std::span<const std::string> names) {
  if (names.empty()) return table;
  Table chosen;
  std::vector<std::size_t> places;
  places.reserve(names.size());
  for (const std::string& name : names) {
    const auto found = std::ranges::find(table.heading, name);
    if (found == table.heading.end()) continue;
    places.push_back(static_cast<std::size_t>(found - table.heading.begin()));
    chosen.heading.push_back(name);
  }
  chosen.rows.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    auto& cells = chosen.rows.emplace_back();
    cells.reserve(places.size());
    for (const std::size_t place : places) cells.push_back(row[place]);
  }
  return chosen;
}

std::vector<std::vector<std::string>> cell_texts(const Table& table) {
  std::vector<std::vector<std::string>> texts;
  texts.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    auto& line = texts.emplace_back();
    line.reserve(row.size());
    for (const Document& cell : row) {
      std::string text = cell_text(cell);
      line.push_back(text.empty() ? "-" : std::move(text));
    }
  }
  return texts;
}

}  // namespace accel::render
