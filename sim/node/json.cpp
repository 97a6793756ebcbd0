#include "json.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace accel::sim {

void JsonText::lead(std::string_view key) {
  if (!first_) text_ += ',';
  first_ = false;
  if (key.empty()) return;
  quote(key);
  text_ += ':';
}

void JsonText::open(std::string_view key, char bracket) {
  lead(key);
  text_ += bracket;
  first_ = true;
}

void JsonText::close(char bracket) {
  text_ += bracket;
  first_ = false;
}

void JsonText::quote(std::string_view value) {
  text_ += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (byte < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      text_ += escaped;
    } else {
      text_ += c;
    }
  }
  text_ += '"';
}

void JsonText::add(std::string_view key, std::string_view value) {
  lead(key);
  quote(value);
}

void JsonText::add(std::string_view key, std::int64_t value) {
  lead(key);
  text_ += std::to_string(value);
}

void JsonText::add(std::string_view key, double value) {
  lead(key);
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, std::round(value * 1000) / 1000);
  text_.append(digits, end.ptr);
}

void JsonText::add(std::string_view key, bool value) {
  lead(key);
  text_ += value ? "true" : "false";
}

}  // namespace accel::sim
