// Configuration files: what is refused says where, and what is accepted is whole.
#include <cstdint>
#include <string_view>

#include "config/configuration.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto read = accel::config::parse_configuration(text, "f");
  if (!read) {
    accel::fuzz::require(read.error().message.starts_with("f:"));
    return 0;
  }
  for (const auto& system : read->remote_systems) accel::fuzz::require(!system.vendor.empty());
  return 0;
}
