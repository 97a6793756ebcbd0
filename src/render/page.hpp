// Text for people: headings, labelled values and tables, fitted to a terminal. It knows nothing of
// accelerators.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace accel::render {

/// Where the text is going.
struct Look {
  std::size_t width = 0;  ///< columns of the terminal; 0: no terminal, lines are never broken
  bool colour = false;
};

enum class Tone { plain, strong, faint, warning, bad };

struct Label {
  std::string name;
  std::string value;
  Tone tone = Tone::plain;
};

/// A page grows from top to bottom. Every text is made printable on the way in.
class Page {
 public:
  explicit Page(Look look) : look_(look) {}

  /// The first line of a simulated run, with the word SIMULATED; nothing for an empty name.
  Page& simulated(std::string_view scenario);
  Page& blank();
  Page& line(std::size_t indent, std::string_view text, Tone tone = Tone::plain);
  /// "name   value", the value starting in column `value_column` and broken there.
  Page& label(std::size_t indent, std::size_t value_column, const Label& label);
  /// Labels side by side, as many in a row as fit.
  Page& grid(std::size_t indent, const std::vector<Label>& labels);
  /// A heading and rows, every column as wide as its widest cell.
  Page& table(std::size_t indent, const std::vector<std::string>& heading,
              const std::vector<std::vector<std::string>>& rows);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(std::string_view text, Tone tone);
  void put_wrapped(std::string_view text, std::size_t column, Tone tone);
  void pad(std::size_t count) { text_.append(count, ' '); }

  Look look_;
  std::string text_;
};

}  // namespace accel::render
