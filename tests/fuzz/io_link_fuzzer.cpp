// Links between nodes as amdgpu's compute side prints them: no text makes a distance that is none.
#include <cstdint>
#include <string_view>

#include "backends/amd/io_links.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto link = accel::amd::parse_io_link(text)) {
    accel::fuzz::require(link->hops() >= 1 && link->hops() <= 64);
  }
  return 0;
}
