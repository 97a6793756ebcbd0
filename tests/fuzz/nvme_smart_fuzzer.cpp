// The health page of an NVMe disk.
#include <cstdint>

#include "fuzz/require.hpp"
#include "host/nvme_smart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const auto limit = accel::host::nvme_warning_limit({bytes, size});
  const auto smart = accel::host::parse_nvme_smart({bytes, size});
  if (!smart) return 0;
  require(size == accel::host::kNvmeSmartSize);
  require(!smart->power_on || smart->power_on->value >= 0);
  const auto health = accel::host::nvme_health(*smart, limit);
  if (smart->used >= 100) require(health == accel::StorageHealth::critical);
  return 0;
}
