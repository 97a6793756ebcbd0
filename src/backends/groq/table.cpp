// Groq's cards, as the bus shows them; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::groq {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1de0};

constexpr Table kTable{
    .vendor = "Groq",
    .maker = "Groq",
    .device_type = DeviceType::lpu,
    .framework = "groq:",
    .pci_vendors = kVendors,
    .silence = "Groq's driver is not public",
    .remedy = "ask Groq's tool tsp-ctl",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::groq
