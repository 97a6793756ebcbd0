#include "render/csv.hpp"

#include <cmath>

#include "base/number.hpp"
#include "render/json.hpp"
#include "render/utf8.hpp"

namespace accel::render {
namespace {

void append_cell(const std::string& text, std::string& out) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string cell_text(const Document& cell) {
  if (const auto* text = cell.text()) return valid_utf8(*text);
  if (const auto* flag = std::get_if<bool>(&cell.value())) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&cell.value())) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&cell.value())) {
    return std::isfinite(*number) ? base::number_text(*number) : std::string();
  }
  std::string joined;
  if (const auto* items = cell.items()) {
    for (const auto& item : *items) {
      if (!joined.empty()) joined += ';';
      joined += cell_text(item);
    }
  } else if (const auto* members = cell.members()) {
    for (const auto& member : *members) {
      if (!joined.empty()) joined += ';';
      joined += valid_utf8(member.key) + "=" + cell_text(member.value);
    }
  }
  return joined;
}

std::string csv(const Table& table, std::string_view simulated) {
  std::string out;
  const auto line = [&](const std::string& mark, const auto& cells, const auto& text_of) {
    bool first = true;
    if (!simulated.empty()) {
      append_cell(mark, out);
      first = false;
    }
    for (const auto& cell : cells) {
      if (!first) out += ',';
      append_cell(text_of(cell), out);
      first = false;
    }
    out += "\r\n";
  };
  line("simulated", table.heading, [](const std::string& name) { return name; });
  for (const auto& row : table.rows) line(std::string(simulated), row, cell_text);
  return out;
}

}  // namespace accel::render
