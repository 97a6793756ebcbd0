#include "base/number.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace accel::base {
namespace {

Error not_a(std::string_view kind, std::string_view text) {
  return {Errc::malformed, "not " + std::string(kind) + ": '" + std::string(text) + "'", "", {}};
}

}  // namespace

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  // Fixed notation while it is exact and short: 1e+06 surprises readers of whole numbers.
  const bool whole = std::isfinite(value) && value == std::floor(value) && std::fabs(value) < 1e15;
  const auto [end, status] =
      whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                            std::chars_format::fixed)
            : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return status == std::errc{} ? std::string(buffer.data(), end) : "nan";
}

Result<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc{} || stop != end) return not_a("an integer", text);
  return value;
}

Result<std::uint64_t> parse_hex(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, status] = std::from_chars(digits.data(), end, value, 16);
  if (status != std::errc{} || stop != end) return not_a("a hexadecimal number", text);
  return value;
}

Result<double> parse_double(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc{} || stop != end || !std::isfinite(value)) return not_a("a number", text);
  return value;
}

}  // namespace accel::base
