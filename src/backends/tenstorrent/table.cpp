// Tenstorrent's Grayskull, Wormhole and Blackhole; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::tenstorrent {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1e52};
constexpr std::array<std::string_view, 1> kDrivers{"tenstorrent"};
constexpr std::array kClasses{NodeClass{"tenstorrent"}};

constexpr std::array kFacts{
    Fact{Fact::Kind::identity, Folder::node, "tt_asic_id"},
    Fact{Fact::Kind::serial, Folder::node, "tt_serial"},
    Fact{Fact::Kind::firmware, Folder::node, "tt_fw_bundle_ver"},
    Fact{Fact::Kind::extra, Folder::node, "tt_card_type", "board"},
    Fact{Fact::Kind::extra, Folder::node, "tt_m3app_fw_ver", "firmware_board"},
    Fact{Fact::Kind::extra, Folder::node, "tt_m3bl_fw_ver", "firmware_board_loader"},
    Fact{Fact::Kind::extra, Folder::node, "tt_arc_fw_ver", "firmware_arc"},
    Fact{Fact::Kind::extra, Folder::node, "tt_eth_fw_ver", "firmware_ethernet"},
    Fact{Fact::Kind::extra, Folder::node, "tt_ttflash_ver", "flash_tool"},
};

constexpr std::array kSensors{
    sensor<metric::temperature>(Folder::hwmon, "temp1_input", kMillicelsius),
    // THM_LIMIT_THROTTLE (blackhole.c), the lower half of THM_LIMITS (wormhole.c).
    sensor<metric::temperature_limit_slowdown>(Folder::hwmon, "temp1_max", kMillicelsius),
    sensor<metric::power>(Folder::hwmon, "power1_input", kMicrowatts),
    sensor<metric::power_instant>(Folder::hwmon, "power1_input", kMicrowatts),
    sensor<metric::power_limit>(Folder::hwmon, "power1_max", kMicrowatts),
    sensor<metric::clock_npu>(Folder::node, "tt_aiclk", kMegahertz),
    sensor<metric::clock_fabric>(Folder::node, "tt_axiclk", kMegahertz),
    sensor<metric::clock_soc>(Folder::node, "tt_arcclk", kMegahertz),
    sensor<metric::voltage>(Folder::hwmon, "in0_input", kMillivolts),
    sensor<metric::fan_rpm>(Folder::hwmon, "fan1_input", kRpm),
    sensor<metric::thermal_shutdowns>(Folder::node, "tt_therm_trip_count", kTimes),
};

constexpr Table kTable{
    .vendor = "Tenstorrent",
    .maker = "Tenstorrent",
    .device_type = DeviceType::npu,
    .framework = "tenstorrent:",
    .pci_vendors = kVendors,
    .pci_drivers = kDrivers,
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .pulse = {Folder::node, "tt_heartbeat"},
    .silence = "tt-kmd publishes no such file",
    .remedy = "ask tt-smi, which asks the chip itself",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::tenstorrent
