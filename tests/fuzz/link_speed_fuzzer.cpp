// Text of sysfs link files: a speed that exists, or the reason why there is none.
#include <cstdint>
#include <string_view>

#include "core/pci/scan.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto speed = accel::pci::link_speed(text, "current_link_speed");
  accel::fuzz::require(speed ? speed->value > 0 : !speed.reason().empty());
  (void)accel::pcie_generation(speed);
  return 0;
}
