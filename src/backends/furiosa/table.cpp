// FuriosaAI's Warboy and RNGD; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::furiosa {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1ed2};
// Its entries lie below /sys/devices/virtual; `busname` says which card they are.
constexpr std::array kClasses{NodeClass{"rngd_mgmt", "busname"}};

constexpr std::array kFacts{
    Fact{Fact::Kind::identity, Folder::node, "device_uuid"},
    Fact{Fact::Kind::serial, Folder::node, "device_sn"},
    Fact{Fact::Kind::firmware, Folder::node, "fw_version"},
    Fact{Fact::Kind::driver_version, Folder::node, "version"},
    Fact{Fact::Kind::extra, Folder::node, "npu_governor", "governor"},
    Fact{Fact::Kind::extra, Folder::node, "platform_type", "platform_type"},
    Fact{Fact::Kind::extra, Folder::node, "pe_ipc_timeout_ms", "ipc_timeout_ms"},
};

constexpr Table kTable{
    .vendor = "FuriosaAI",
    .maker = "FuriosaAI",
    .device_type = DeviceType::npu,
    .framework = "furiosaai:",
    .pci_vendors = kVendors,
    .classes = kClasses,
    .facts = kFacts,
    .silence = "the driver publishes no such file",
    .remedy = "ask furiosa-smi",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::furiosa
