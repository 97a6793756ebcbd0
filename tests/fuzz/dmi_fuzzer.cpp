// The firmware's tables, and udev's copy of them.
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "host/dmi.hpp"
#include "host/field.hpp"
#include "host/udev_dmi.hpp"

namespace {

void check(const accel::host::DmiMemoryDevice& device) {
  using accel::fuzz::require;
  require(!device.size || *device.size >= 0);
  require(!device.speed_mts || *device.speed_mts > 0);
  for (const auto* text : {&device.slot, &device.bank, &device.type, &device.part_number}) {
    require(accel::host::is_plain_text(*text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (const auto tables = accel::host::read_dmi_tables({bytes, size})) {
    for (const auto& device : tables->memory_devices) check(device);
    accel::fuzz::require(accel::host::is_plain_text(tables->product));
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& device : accel::host::parse_udev_memory(text)) check(device);
  return 0;
}
