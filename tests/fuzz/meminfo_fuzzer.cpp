// The kernel's memory statistics: amounts are never negative.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "host/field.hpp"
#include "host/meminfo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const accel::host::Meminfo meminfo{
      std::string(reinterpret_cast<const char*>(bytes), size), "meminfo", {}};
  for (const char* key : {"MemTotal", "MemFree", "SwapTotal"}) {
    const auto amount = meminfo.amount(key);
    require(amount ? amount->value >= 0 : accel::host::is_plain_text(amount.reason()));
  }
  return 0;
}
