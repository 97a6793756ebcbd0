// Recorded text of lspci: never more entries than lines.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "accel/lspci.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  accel::fuzz::require(accel::parse_lspci(text).size() <= lines);
  return 0;
}
