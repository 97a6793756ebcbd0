// AWS' Inferentia and Trainium; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::neuron {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1d0f};
constexpr std::array kClasses{NodeClass{"neuron_device", {}, true}};

constexpr std::array kFacts{
    Fact{Fact::Kind::serial, Folder::node, "info/serial_number"},
    Fact{Fact::Kind::model, Folder::node, "info/architecture/device_name"},
    Fact{Fact::Kind::extra, Folder::node, "info/architecture/instance_type", "instance_type"},
};

constexpr std::array kSensors{
    sensor<metric::ecc_uncorrected>(Folder::node, "stats/hardware/mem_ecc_uncorrected", kTimes),
};

constexpr Table kTable{
    .vendor = "AWS",
    .maker = "AWS",
    .device_type = DeviceType::npu,
    .framework = "aws:",
    .pci_vendors = kVendors,
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .silence = "the driver publishes no such file for one device",
    .remedy = "ask neuron-monitor",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::neuron
