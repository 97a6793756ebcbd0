#include "host/field.hpp"

#include "base/number.hpp"

namespace accel::host {
namespace {

/// What may follow a first byte of UTF-8 (RFC 3629): how many bytes, and the bounds of the first
/// of them, which keep out overlong forms and surrogates.
struct Continuation {
  int count = -1;  ///< -1: no character starts so
  unsigned char least = 0x80;
  unsigned char most = 0xbf;
};

Continuation continuation(unsigned char first) {
  if (first < 0x80) return {0};
  if (first >= 0xc2 && first <= 0xdf) return {1};
  if (first == 0xe0) return {2, 0xa0, 0xbf};
  if (first == 0xed) return {2, 0x80, 0x9f};
  if (first >= 0xe1 && first <= 0xef) return {2};
  if (first == 0xf0) return {3, 0x90, 0xbf};
  if (first >= 0xf1 && first <= 0xf3) return {3};
  if (first == 0xf4) return {3, 0x80, 0x8f};
  return {};
}

}  // namespace

bool is_plain_text(std::string_view text) {
  Continuation expected{0};
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (expected.count > 0) {
      if (byte < expected.least || byte > expected.most) return false;
      expected = {expected.count - 1};
      continue;
    }
    if (byte < 0x20 || byte == 0x7f) return false;
    expected = continuation(byte);
    if (expected.count < 0) return false;
  }
  return expected.count == 0;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks(" \t\r\n\0", 5);
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string in_quotes(std::string_view text) {
  std::string shown = "'";
  for (const char c : text.substr(0, 80)) shown += c >= 0x20 && c < 0x7f ? c : '?';
  return shown + (text.size() > 80 ? "...'" : "'");
}

std::string printable(std::string_view text) {
  if (is_plain_text(text)) return std::string(text);
  std::string shown;
  for (const char c : text) shown += c >= 0x20 && c < 0x7f ? c : '?';
  return shown;
}

Reading<std::string> text_field(const Machine& machine, const base::Dir& dir,
                                std::string_view file) {
  std::string source = dir.source(file);
  const auto time = machine.clock->steady();
  const auto text = dir.text(file);
  if (!text) return {absence_of(text.error()), std::move(source), time};
  const auto content = trimmed(*text);
  if (content.empty()) return {unsupported(source + ": empty"), source, time};
  if (!is_plain_text(content)) return {nonsense(source + ": not a text"), source, time};
  return {std::string(content), std::move(source), time};
}

Reading<std::int64_t> integer_field(const Machine& machine, const base::Dir& dir,
                                    std::string_view file) {
  const auto time = machine.clock->steady();
  const auto text = text_field(machine, dir, file);
  if (!text) return {text.absence(), text.source(), time};
  const auto value = base::parse_integer(*text);
  if (!value) return {nonsense(text.source() + ": " + value.error().message), text.source(), time};
  return {*value, text.source(), time};
}

Result<std::int64_t> scaled(std::int64_t value, std::int64_t scale) {
  std::int64_t amount = 0;
  if (value < 0 || __builtin_mul_overflow(value, scale, &amount)) {
    return Error{Errc::malformed, "out of range: " + std::to_string(value), {}, {}};
  }
  return amount;
}

}  // namespace accel::host
