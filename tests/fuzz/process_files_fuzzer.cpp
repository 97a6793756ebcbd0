// What programs and container engines put into /proc/PID: names become printable text, container
// ids are 64 digits.
#include <cstdint>
#include <string_view>

#include "core/process_lookup.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::string clean = accel::printable(text);
  require(clean.size() <= text.size());
  require(accel::printable(clean) == clean);
  for (const char c : clean) require(static_cast<unsigned char>(c) >= ' ' && c != 0x7F);
  const std::string id = accel::container_id(text);
  require(id.empty() || id.size() == 64);
  require(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  return 0;
}
