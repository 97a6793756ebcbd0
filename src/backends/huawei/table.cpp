// Huawei's Ascend cards, as the bus shows them; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::huawei {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x19e5};

constexpr Table kTable{
    .vendor = "Huawei",
    .maker = "Huawei",
    .device_type = DeviceType::npu,
    .framework = "npu:",
    .pci_vendors = kVendors,
    .silence = "the driver publishes no such file that is documented; libdcmi.so is not asked",
    .remedy = "ask npu-smi",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::huawei
