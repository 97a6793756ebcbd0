#include "cli/top/overlay.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "cli/top/arrange.hpp"
#include "cli/top/keys.hpp"

namespace accel::cli::top {
namespace {

struct Line {
  std::string left;
  std::string right = {};
  Style style = Style::plain;
};

/// Lines in a box, in the middle of the screen.
struct Box {
  std::string title;
  std::vector<Line> lines;
  std::optional<std::size_t> chosen = std::nullopt;  ///< of a menu: the line the keys act on
};

constexpr char32_t kAcross = 0x2500;
constexpr char32_t kDownwards = 0x2502;
constexpr std::array<char32_t, 4> kCorners{0x250C, 0x2510, 0x2514, 0x2518};

void draw_border(std::size_t row, std::size_t column, Size size, Frame& frame) {
  const std::size_t last_row = row + size.rows - 1;
  const std::size_t last_column = column + size.columns - 1;
  for (std::size_t x = column; x <= last_column; ++x) {
    frame.put_glyph(row, x, kAcross, Style::faint);
    frame.put_glyph(last_row, x, kAcross, Style::faint);
  }
  for (std::size_t y = row; y <= last_row; ++y) {
    frame.put_glyph(y, column, kDownwards, Style::faint);
    frame.put_glyph(y, last_column, kDownwards, Style::faint);
  }
  frame.put_glyph(row, column, kCorners[0], Style::faint);
  frame.put_glyph(row, last_column, kCorners[1], Style::faint);
  frame.put_glyph(last_row, column, kCorners[2], Style::faint);
  frame.put_glyph(last_row, last_column, kCorners[3], Style::faint);
}

/// Gives back how far it can be scrolled. A screen without room for a border has none.
std::size_t draw(const Box& box, std::size_t scroll, Frame& frame) {
  std::size_t left = 0;
  std::size_t right = 0;
  for (const Line& line : box.lines) {
    // A line without a right half may run through.
    if (!line.right.empty()) left = std::max(left, text_width(line.left));
    right = std::max(right, text_width(line.right));
  }
  std::size_t widest = left + 2 + right;
  for (const Line& line : box.lines) {
    if (line.right.empty()) widest = std::max(widest, text_width(line.left));
  }
  // The last row of the screen is that of the keys.
  const Size screen{frame.size().rows > 1 ? frame.size().rows - 1 : 1, frame.size().columns};
  const Size size{std::min(box.lines.size() + 2, screen.rows),
                  std::min(std::max(widest, text_width(box.title) + 2) + 4, screen.columns)};
  if (size.rows < 3 || size.columns < 5) return 0;
  const std::size_t row = (screen.rows - size.rows) / 2;
  const std::size_t column = (screen.columns - size.columns) / 2;
  frame.clear(row, column, size);
  draw_border(row, column, size, frame);
  frame.put(row, column + 2, " " + box.title + " ", Style::strong, size.columns - 4);

  const std::size_t page = size.rows - 2;
  const std::size_t end = box.lines.size() - std::min(page, box.lines.size());
  if (box.chosen) scroll = *box.chosen >= page ? *box.chosen - page + 1 : 0;
  scroll = std::min(scroll, end);
  for (std::size_t i = 0; i < page && scroll + i < box.lines.size(); ++i) {
    const Line& line = box.lines[scroll + i];
    const bool chosen = box.chosen && *box.chosen == scroll + i;
    const Style style = chosen ? Style::selected : line.style;
    const std::size_t inner = size.columns - 4;
    if (chosen) frame.clear(row + 1 + i, column + 1, {1, size.columns - 2}, Style::selected);
    frame.put(row + 1 + i, column + 2, line.left, style, inner);
    if (line.right.empty() || left + 2 >= inner) continue;
    frame.put(row + 1 + i, column + 2 + left + 2, line.right, chosen ? style : Style::plain,
              inner - left - 2);
  }
  if (scroll < end) frame.put(row + size.rows - 1, column + 2, " more below ", Style::faint);
  return end;
}

Box help() {
  Box box{"Keys", {}};
  for (const KeyRow& row : key_rows()) {
    box.lines.push_back({std::string(row.keys), std::string(row.meaning), Style::strong});
  }
  box.lines.push_back({});
  box.lines.push_back({"In place of a number", {}, Style::strong});
  for (const auto& [word, meaning] : std::initializer_list<std::pair<const char*, const char*>>{
           {"-", "the device does not tell"},
           {"wait", "a rate, which needs another sample"},
           {"perm", "this user may not read it"},
           {"sleep", "reading would wake the device"},
           {"hung lost error", "what happened to the device or its driver"},
           {"83%*", "a value that is not fresh"}}) {
    box.lines.push_back({word, meaning, Style::strong});
  }
  box.lines.push_back({"F5 or Enter says more about each of them.", {}});
  for (const Pane pane : {Pane::devices, Pane::programs}) {
    box.lines.push_back({});
    box.lines.push_back(
        {pane == Pane::devices ? "Columns of devices" : "Columns of programs", {}, Style::strong});
    for (const Column& column : columns_of(pane)) {
      box.lines.push_back(
          {std::string(column.heading), std::string(column.meaning), Style::strong});
    }
  }
  return box;
}

Box sort_menu(const View& view) {
  Box box{"Sort by", {}, view.menu};
  for (const Column& column : columns_of(view.pane)) {
    if (!column.is_sortable()) continue;
    box.lines.push_back({std::string(column.heading), std::string(column.meaning), Style::strong});
  }
  return box;
}

Box signal_menu(const View& view) {
  Box box{"Signal to " + std::to_string(view.target.pid) + " " + view.target.name, {}, view.menu};
  for (const Signal& signal : signals()) {
    box.lines.push_back({std::to_string(signal.number) + " " + std::string(signal.name),
                         std::string(signal.meaning), Style::strong});
  }
  return box;
}

/// The whole screen but its first and last row, so that long texts have room.
std::size_t draw_details(const Model& model, std::size_t scroll, Frame& frame) {
  if (frame.size().rows < 3) return 0;
  std::vector<std::string_view> lines;
  std::string_view rest = model.sample.details;
  if (rest.empty()) rest = "asking the device ...";
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    lines.push_back(line);
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  const std::size_t page = frame.size().rows - 2;
  const std::size_t end = lines.size() - std::min(page, lines.size());
  scroll = std::min(scroll, end);
  frame.clear(1, 0, {page, frame.size().columns});
  for (std::size_t i = 0; i < page && scroll + i < lines.size(); ++i) {
    frame.put(1 + i, 1, lines[scroll + i]);
  }
  return end;
}

}  // namespace

void draw_overlay(const Model& model, View& view, Frame& frame) {
  switch (view.mode) {
    case Mode::help: view.scroll_end = draw(help(), view.scroll, frame); break;
    case Mode::details: view.scroll_end = draw_details(model, view.scroll, frame); break;
    case Mode::sort: draw(sort_menu(view), 0, frame); break;
    case Mode::signal: draw(signal_menu(view), 0, frame); break;
    default: return;
  }
  view.scroll = std::min(view.scroll, view.scroll_end);
}

}  // namespace accel::cli::top
