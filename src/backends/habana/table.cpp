// Habana's Gaudi and Goya; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::habana {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1da3};
// Intel's own driver for Gaudi 3 has the same name as the kernel's.
constexpr std::array<std::string_view, 1> kDrivers{"habanalabs"};
constexpr std::array kClasses{NodeClass{"accel"}, NodeClass{"habanalabs", "pci_addr"}};

constexpr std::array kFacts{
    Fact{Fact::Kind::firmware, Folder::device, "cpucp_ver"},
    Fact{Fact::Kind::firmware, Folder::node, "cpucp_ver"},
    Fact{Fact::Kind::firmware, Folder::node, "armcp_ver"},  // its name before 5.10
    Fact{Fact::Kind::extra, Folder::device, "device_type", "device_type"},
    Fact{Fact::Kind::extra, Folder::device, "module_id", "module_id"},
    Fact{Fact::Kind::extra, Folder::device, "parent_device", "parent_device"},
    Fact{Fact::Kind::extra, Folder::device, "security_enabled", "security_enabled"},
    Fact{Fact::Kind::extra, Folder::device, "fw_os_ver", "firmware_os"},
    Fact{Fact::Kind::extra, Folder::device, "preboot_btl_ver", "firmware_preboot"},
    Fact{Fact::Kind::extra, Folder::device, "uboot_ver", "firmware_uboot"},
    Fact{Fact::Kind::extra, Folder::device, "thermal_ver", "firmware_thermal"},
    Fact{Fact::Kind::extra, Folder::device, "fuse_ver", "fuses"},
};

constexpr std::array kSensors{
    sensor<metric::power_limit>(Folder::device, "max_power", kMilliwatts),
    sensor<metric::power_limit>(Folder::node, "max_power", kMilliwatts),
    sensor<metric::clock_npu>(Folder::device, "clk_cur_freq_mhz", kMegahertz),
    sensor<metric::clock_npu>(Folder::node, "clk_cur_freq_mhz", kMegahertz),
    sensor<metric::clock_npu_max>(Folder::device, "clk_max_freq_mhz", kMegahertz),
    sensor<metric::clock_npu_max>(Folder::node, "clk_max_freq_mhz", kMegahertz),
    sensor<metric::resets>(Folder::device, "hard_reset_cnt", kTimes),
    sensor<metric::resets>(Folder::node, "hard_reset_cnt", kTimes),
    sensor<metric::resets_partial>(Folder::device, "soft_reset_cnt", kTimes),
    sensor<metric::resets_partial>(Folder::node, "soft_reset_cnt", kTimes),
};

constexpr std::array kKnobs{
    Knob{&setpoint::power_limit_w, Folder::device, "max_power", 1'000},  // mW
    Knob{&setpoint::power_limit_w, Folder::node, "max_power", 1'000},
    Knob{&setpoint::sm_clock_mhz, Folder::device, "clk_max_freq_mhz", 1},
    Knob{&setpoint::sm_clock_mhz, Folder::node, "clk_max_freq_mhz", 1},
};

constexpr Table kTable{
    .vendor = "Habana",
    .maker = "Habana",
    .device_type = DeviceType::hpu,
    .framework = "hpu:",
    .pci_vendors = kVendors,
    .pci_drivers = kDrivers,
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .knobs = kKnobs,
    .pulse = {Folder::device, "status", "Operational"},
    .silence = "the driver publishes no such file, and names none of its hwmon sensors",
    .remedy = "ask hl-smi, which comes with Intel's driver package",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::habana
