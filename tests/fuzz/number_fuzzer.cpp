// Numbers in files: what is accepted as an integer or a decimal number reads back from its text.
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/number.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto integer = accel::base::parse_integer(text)) {
    const auto again = accel::base::parse_integer(std::to_string(*integer));
    require(again.has_value() && *again == *integer);
  }
  if (const auto number = accel::base::parse_double(text)) {
    require(std::isfinite(*number));
    const auto again = accel::base::parse_double(accel::base::number_text(*number));
    require(again.has_value() && *again == *number);
  }
  (void)accel::base::parse_hex(text);
  return 0;
}
