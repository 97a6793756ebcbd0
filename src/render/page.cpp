#include "render/page.hpp"

#include <algorithm>
#include <utility>

#include "render/utf8.hpp"

namespace accel::render {
namespace {

constexpr std::size_t kUsualWidth = 80;
constexpr std::size_t kBetweenColumns = 2;
constexpr std::size_t kBetweenCells = 3;
constexpr std::size_t kNarrowest = 20;  // Below this, breaking lines hurts more than it helps.

/// ECMA-48 "select graphic rendition".
std::string_view escape(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "\x1b[1m";
    case Tone::faint: return "\x1b[2m";
    case Tone::warning: return "\x1b[33m";
    case Tone::bad: return "\x1b[31m";
  }
  return "";
}

/// As much of `text` as fits into `width` columns, broken at a blank where there is one.
std::string_view first_piece(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return text;
  std::size_t bytes = 0;
  std::size_t last_blank = std::string_view::npos;
  for (std::size_t column = 0; column <= width && bytes < text.size(); ++column) {
    if (text[bytes] == ' ') last_blank = bytes;
    if (column < width) bytes += first_code_point(text.substr(bytes)).bytes.size();
  }
  const bool can_break = last_blank != std::string_view::npos && last_blank != 0;
  return text.substr(0, can_break ? last_blank : bytes);
}

}  // namespace

void Page::put(std::string_view text, Tone tone) {
  const bool coloured = look_.colour && tone != Tone::plain && !text.empty();
  if (coloured) text_ += escape(tone);
  text_ += text;
  if (coloured) text_ += "\x1b[0m";
}

void Page::put_wrapped(std::string_view text, std::size_t column, Tone tone) {
  const std::string shown = printable(text);
  std::string_view rest = shown;
  const bool breaks = look_.width >= column + kNarrowest;
  while (breaks && columns(rest) > look_.width - column) {
    const std::string_view piece = first_piece(rest, look_.width - column);
    put(piece, tone);
    text_ += '\n';
    pad(column);
    rest.remove_prefix(piece.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  put(rest, tone);
  text_ += '\n';
}

Page& Page::simulated(std::string_view scenario) {
  if (scenario.empty()) return *this;
  const std::string mark = "SIMULATED " + std::string(scenario) + ": not this machine's hardware";
  return line(0, mark, Tone::warning).blank();
}

Page& Page::blank() {
  text_ += '\n';
  return *this;
}

Page& Page::line(std::size_t indent, std::string_view text, Tone tone) {
  pad(indent);
  put_wrapped(text, indent, tone);
  return *this;
}

Page& Page::label(std::size_t indent, std::size_t value_column, const Label& label) {
  pad(indent);
  const std::string name = printable(label.name);
  put(name, Tone::faint);
  const std::size_t used = indent + columns(name);
  const std::size_t column = std::max(value_column, used + 1);
  pad(column - used);
  put_wrapped(label.value, column, label.tone);
  return *this;
}

Page& Page::grid(std::size_t indent, const std::vector<Label>& labels) {
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const Label& label : labels) {
    name_width = std::max(name_width, columns(printable(label.name)));
    value_width = std::max(value_width, columns(printable(label.value)));
  }
  const std::size_t cell = name_width + kBetweenColumns + value_width + kBetweenCells;
  const std::size_t width = look_.width == 0 ? kUsualWidth : look_.width;
  const std::size_t per_row =
      std::max<std::size_t>(1, (std::max(width, indent) - indent + kBetweenCells) / cell);
  if (per_row == 1) {
    for (const Label& one : labels) label(indent, indent + name_width + kBetweenColumns, one);
    return *this;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i % per_row == 0) pad(indent);
    const std::string name = printable(labels[i].name);
    const std::string value = printable(labels[i].value);
    put(name, Tone::faint);
    pad(name_width - columns(name) + kBetweenColumns);
    put(value, labels[i].tone);
    const bool ends_row = i % per_row == per_row - 1 || i + 1 == labels.size();
    if (ends_row) {
      text_ += '\n';
    } else {
      pad(value_width - columns(value) + kBetweenCells);
    }
  }
  return *this;
}

Page& Page::table(std::size_t indent, const std::vector<std::string>& heading,
                  const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  widths.reserve(heading.size());
  for (const auto& name : heading) widths.push_back(columns(printable(name)));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(printable(row[i])));
    }
  }
  const auto put_row = [&](const std::vector<std::string>& cells, Tone tone) {
    std::size_t blanks = indent;  // Owed to the next cell, so that no line ends in blanks.
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string cell = i < cells.size() ? printable(cells[i]) : std::string();
      if (!cell.empty()) {
        pad(std::exchange(blanks, 0));
        put(cell, tone);
      }
      blanks += widths[i] - columns(cell) + kBetweenColumns;
    }
    text_ += '\n';
  };
  put_row(heading, Tone::strong);
  for (const auto& row : rows) put_row(row, Tone::plain);
  return *this;
}

}  // namespace accel::render
