// The health page and the registers of an ATA disk.
#include <cstdint>

#include "fuzz/require.hpp"
#include "host/ata_command.hpp"
#include "host/ata_smart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  (void)accel::host::parse_ata_registers({bytes, size});
  const auto smart = accel::host::parse_ata_smart({bytes, size}, false);
  if (!smart) return 0;
  require(!smart->wear || (smart->wear->value >= 0 && smart->wear->value <= 1));
  require(!smart->power_on || smart->power_on->value >= 0);
  require(accel::host::ata_health(*smart, true, {}) == accel::StorageHealth::critical);
  return 0;
}
