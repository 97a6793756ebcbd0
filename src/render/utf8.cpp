#include "render/utf8.hpp"

#include <cstdint>

namespace accel::render {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

std::size_t length_by_first_byte(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

/// The second byte's range depends on the first (RFC 3629, section 4): it excludes overlong forms,
/// surrogates and what lies above U+10FFFF.
bool second_fits(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0: return second >= 0xA0 && second < 0xC0;
    case 0xED: return second >= 0x80 && second < 0xA0;
    case 0xF0: return second >= 0x90 && second < 0xC0;
    case 0xF4: return second >= 0x80 && second < 0x90;
    default: return second >= 0x80 && second < 0xC0;
  }
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const CodePoint invalid{text.substr(0, 1), 0, false};
  const std::size_t length = length_by_first_byte(byte(0));
  if (length == 0 || length > text.size()) return invalid;
  if (length > 1 && !second_fits(byte(0), byte(1))) return invalid;
  // The first byte of a longer form has 7 - length bits of the number, each other one has six.
  char32_t number = length == 1 ? byte(0) : byte(0) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) >= 0xC0) return invalid;
    number = (number << 6U) | (byte(i) & 0x3FU);
  }
  return {text.substr(0, length), number, true};
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    valid += next.valid ? next.bytes : kReplacement;
    text.remove_prefix(next.bytes.size());
  }
  return valid;
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.bytes == "\t" || next.bytes == "\n") {
      shown += ' ';
    } else {
      shown += next.valid && !next.is_control() ? next.bytes : kReplacement;
    }
    text.remove_prefix(next.bytes.size());
  }
  return shown;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(first_code_point(text).bytes.size());
    ++count;
  }
  return count;
}

}  // namespace accel::render
