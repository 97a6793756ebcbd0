// Selectors as a user may type them: parsing one ends in a selector that says what was typed, or in
// the one error there is.
#include <cstdint>
#include <string_view>

#include "accel/selector.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto bare : {accel::Selector::Bare::allowed, accel::Selector::Bare::refused}) {
    const auto selector = accel::Selector::parse(text, bare);
    if (selector) {
      accel::fuzz::require(selector->text == text);
    } else {
      accel::fuzz::require(selector.error().code == accel::Errc::invalid_argument);
    }
  }
  return 0;
}
