#include "cli/top/frame.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "render/utf8.hpp"

namespace accel::cli::top {
namespace {

using render::CodePoint;
using render::first_code_point;

struct Range {
  char32_t first;
  char32_t last;
};

bool is_in(std::span<const Range> ranges, char32_t point) {
  return std::ranges::any_of(
      ranges, [point](const Range& range) { return point >= range.first && point <= range.last; });
}

/// Combining marks and what else has no width (Unicode 15 categories Mn and Cf, in blocks).
constexpr std::array kWithoutWidth{
    Range{0x0300, 0x036F},  Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F},  Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x206F},
    Range{0x20D0, 0x20F0},  Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF},
    Range{0xE0000, 0xE0FFF}};

/// Unicode 15, EastAsianWidth.txt: W and F, in blocks.
constexpr std::array kWide{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
    Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF},
    Range{0x20000, 0x3FFFD}};

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kEllipsis = 0x2026;

/// What stands for a glyph of ours where there is only ASCII.
char32_t ascii(char32_t glyph) {
  constexpr std::u32string_view levels = U"_.-:=+*#";
  if (glyph >= kLowestBlock && glyph < kLowestBlock + levels.size()) {
    return levels[glyph - kLowestBlock];
  }
  switch (glyph) {
    case U'\u00B0': return U' ';  // degree
    case kEllipsis: return U'~';
    case U'\u2500': return U'-';  // box drawing
    case U'\u2502': return U'|';
    case U'\u250C':
    case U'\u2510':
    case U'\u2514':
    case U'\u2518': return U'+';
    case U'\u25B2': return U'^';  // triangles
    case U'\u25BC': return U'v';
    case U'\u00B7': return U'.';  // middle dot
    default: return U'?';
  }
}

}  // namespace

void append_utf8(char32_t point, std::string& text) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6U));
    put(0x80 | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12U));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  } else {
    put(0xF0 | (point >> 18U));
    put(0x80 | ((point >> 12U) & 0x3FU));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  }
}

std::size_t glyph_width(char32_t point) {
  if (point < 0x300) return 1;
  if (is_in(kWithoutWidth, point)) return 0;
  return is_in(kWide, point) ? 2 : 1;
}

std::size_t text_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    width += next.valid ? glyph_width(next.number) : 1;
    text.remove_prefix(next.bytes.size());
  }
  return width;
}

void Frame::reset(Size size, bool unicode) {
  size_ = size;
  unicode_ = unicode;
  cells_.assign(size.rows * size.columns, Cell{});
}

void Frame::put_glyph(std::size_t row, std::size_t column, char32_t glyph, Style style) {
  if (row >= size_.rows || column >= size_.columns) return;
  if (!unicode_ && glyph > 0x7E) glyph = ascii(glyph);
  cells_[row * size_.columns + column] = {glyph, style};
}

std::size_t Frame::put(std::size_t row, std::size_t column, std::string_view text, Style style,
                       std::size_t width) {
  if (row >= size_.rows || column >= size_.columns) return column;
  const std::size_t end = column + std::min(width, size_.columns - column);
  while (!text.empty() && column < end) {
    const CodePoint next = first_code_point(text);
    const bool shown = next.valid && !next.is_control();
    const char32_t glyph = shown ? next.number : kReplacement;
    const std::size_t wide = shown ? glyph_width(glyph) : 1;
    text.remove_prefix(next.bytes.size());
    if (wide == 0) continue;
    // The rest has no room: this cell says so.
    if (column + wide > end || (column + wide == end && text_width(text) > 0)) {
      put_glyph(row, column, kEllipsis, style);
      return column + 1;
    }
    put_glyph(row, column, glyph, style);
    if (wide == 2) put_glyph(row, column + 1, unicode_ ? U'\0' : U' ', style);
    column += wide;
  }
  return column;
}

void Frame::put_right(std::size_t row, std::size_t end, std::string_view text, Style style,
                      std::size_t width) {
  const std::size_t taken = std::min(text_width(text), width);
  if (taken <= end) put(row, end - taken, text, style, taken);
}

void Frame::paint(std::size_t row, Style style) {
  if (row >= size_.rows) return;
  for (std::size_t i = 0; i < size_.columns; ++i) cells_[row * size_.columns + i].style = style;
}

void Frame::clear(std::size_t row, std::size_t column, Size size, Style style) {
  for (std::size_t y = row; y < row + size.rows; ++y) {
    for (std::size_t x = column; x < column + size.columns; ++x) put_glyph(y, x, U' ', style);
  }
}

std::string Frame::text() const {
  std::string all;
  for (std::size_t row = 0; row < size_.rows; ++row) {
    for (std::size_t column = 0; column < size_.columns; ++column) {
      if (const char32_t glyph = at(row, column).glyph; glyph != 0) append_utf8(glyph, all);
    }
    all.erase(all.find_last_not_of(' ') + 1);
    all += '\n';
  }
  return all;
}

}  // namespace accel::cli::top
