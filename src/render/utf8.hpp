// Text of unknown origin made fit to show: drivers and file systems hand out any bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace accel::render {

/// One step through a text.
struct CodePoint {
  std::string_view bytes;  ///< what it consists of; one byte where it is not valid UTF-8
  char32_t number = 0;
  bool valid = true;

  /// C0, DEL and C1: what a terminal obeys instead of showing.
  [[nodiscard]] bool is_control() const {
    return valid && (number < 0x20 || (number >= 0x7F && number < 0xA0));
  }
};

/// The first code point of a text that is not empty. Overlong forms, surrogates and numbers above
/// U+10FFFF are not valid (RFC 3629).
[[nodiscard]] CodePoint first_code_point(std::string_view text);

/// The same text as valid UTF-8: U+FFFD for each byte that is none.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// The same text, fit for a terminal: valid, and with U+FFFD for control characters, so that a
/// device's name cannot move the cursor. Tabs and newlines become blanks.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns a text takes on a terminal: one a code point. Exact for everything we print ourselves.
[[nodiscard]] std::size_t columns(std::string_view text);

}  // namespace accel::render
