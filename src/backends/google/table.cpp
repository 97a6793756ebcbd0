// Google's TPUs and the Coral Edge TPU; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::google {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 2> kVendors{0x1ae0, 0x1ac1};
constexpr std::array kClasses{NodeClass{"apex"}, NodeClass{"accel"}};

constexpr std::array kFacts{Fact{Fact::Kind::serial, Folder::node, "unique_id"}};

constexpr std::array kSensors{
    sensor<metric::temperature>(Folder::node, "temp", kMillicelsius),
    sensor<metric::temperature_limit_slowdown>(Folder::node, "trip_point0_temp", kMillicelsius),
    sensor<metric::temperature_limit_critical>(Folder::node, "trip_point2_temp", kMillicelsius),
};

constexpr Table kTable{
    .vendor = "Google",
    .maker = "Google",
    .device_type = DeviceType::tpu,
    .framework = "tpu:",
    .pci_vendors = kVendors,
    .takes_vfio = true,  // TPUs from v5e on are given to programs as groups of vfio
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .silence =
        "the driver publishes no such file; a TPU's memory and use are told by the program "
        "that uses it, on its port 8431, which is not asked; power is told by nobody",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::google
