// A screen as cells, each a glyph with a style; and how text gets into it. It knows no terminal and
// no accelerator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accel::cli::top {

/// Bars consist of these: "lower one eighth block" and the seven that follow it, up to the full
/// one.
inline constexpr char32_t kLowestBlock = 0x2581;
inline constexpr double kBlocks = 8;

/// What a cell is, not how it looks: that depends on what the terminal can do.
enum class Style : std::uint8_t {
  plain,
  strong,
  faint,
  heading,   ///< the bar above a list
  focus,     ///< the same of the list that the keys go to
  selected,  ///< the row that the keys act on
  key,       ///< a key in the bottom line
  label,     ///< what that key does
  mark,      ///< SIMULATED, PAUSED
  trace,     ///< history and bars
  warning,
  bad,
};
inline constexpr std::size_t kStyles = static_cast<std::size_t>(Style::bad) + 1;

struct Cell {
  char32_t glyph = U' ';  ///< 0: the right half of the glyph before
  Style style = Style::plain;

  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Size {
  std::size_t rows = 0;
  std::size_t columns = 0;

  friend bool operator==(const Size&, const Size&) = default;
};

/// Columns that a code point takes on a terminal: 0 (combining), 1 or 2 (East Asian wide).
[[nodiscard]] std::size_t glyph_width(char32_t point);
/// The same of a whole text.
[[nodiscard]] std::size_t text_width(std::string_view text);

void append_utf8(char32_t point, std::string& text);

class Frame {
 public:
  /// Empties the frame, keeping its memory. Without `unicode` it holds ASCII only: other glyphs
  /// become '?'.
  void reset(Size size, bool unicode);

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] bool unicode() const { return unicode_; }
  [[nodiscard]] const Cell& at(std::size_t row, std::size_t column) const {
    return cells_[row * size_.columns + column];
  }

  /// Writes `text` into at most `width` columns; a longer one ends in an ellipsis. What lies
  /// outside of the frame is cut off. Control characters become U+FFFD, or '?'. Gives back the
  /// column behind what was written.
  std::size_t put(std::size_t row, std::size_t column, std::string_view text,
                  Style style = Style::plain, std::size_t width = std::string_view::npos);
  /// The same, ending in the column before `end`.
  void put_right(std::size_t row, std::size_t end, std::string_view text, Style style,
                 std::size_t width);
  void put_glyph(std::size_t row, std::size_t column, char32_t glyph, Style style);
  /// Gives every cell of a row that style.
  void paint(std::size_t row, Style style);
  /// Blanks a rectangle.
  void clear(std::size_t row, std::size_t column, Size size, Style style = Style::plain);

  /// The glyphs as UTF-8, a line a row, without blanks at the ends of lines.
  [[nodiscard]] std::string text() const;

 private:
  Size size_;
  bool unicode_ = true;
  std::vector<Cell> cells_;
};

}  // namespace accel::cli::top
