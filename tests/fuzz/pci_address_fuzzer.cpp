// PCI addresses: what is accepted reads back from its own text.
#include <cstdint>
#include <string_view>

#include "accel/pci_address.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto address = accel::PciAddress::parse({reinterpret_cast<const char*>(bytes), size});
  if (address) {
    const auto again = accel::PciAddress::parse(address->text());
    accel::fuzz::require(again.has_value() && *again == *address);
  }
  return 0;
}
