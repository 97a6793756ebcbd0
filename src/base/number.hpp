// Numbers to text and back, without the locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accel/result.hpp"

namespace accel::base {

/// The shortest text that reads back as the same double: 30, 1.5, 0.1. "nan" and "inf" are
/// written so; callers that must not show them check first.
[[nodiscard]] std::string number_text(double value);

/// The whole text as a decimal integer; `malformed` for anything else, including blanks, an empty
/// text, trailing characters and overflow.
[[nodiscard]] Result<std::int64_t> parse_integer(std::string_view text);

/// The whole text as an unsigned hexadecimal integer, with or without "0x".
[[nodiscard]] Result<std::uint64_t> parse_hex(std::string_view text);

/// The whole text as a finite decimal number.
[[nodiscard]] Result<double> parse_double(std::string_view text);

}  // namespace accel::base
