// Rebellions' ATOM cards; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::rebellions {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1eff};
constexpr std::array kClasses{NodeClass{"rebellions"}};

constexpr std::array kFacts{
    Fact{Fact::Kind::model, Folder::node, "card_name"},
    Fact{Fact::Kind::driver_version, Folder::node, "kernel_version"},
};

constexpr std::array kSensors{
    sensor<metric::memory_total>(Folder::node, "dram_total", kBytes),
};

constexpr Table kTable{
    .vendor = "Rebellions",
    .maker = "Rebellions",
    .device_type = DeviceType::npu,
    .framework = "rebellions:",
    .pci_vendors = kVendors,
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .silence = "the driver publishes no such file that is documented",
    .remedy = "ask rbln-stat",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::rebellions
