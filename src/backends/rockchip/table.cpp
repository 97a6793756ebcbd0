// Rockchip's neural processors; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::rockchip {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array kPlatform{
    // The kernel's driver makes one device of all cores, to which no driver is bound.
    PlatformDevice{"rocket", DeviceType::npu, "Rockchip NPU", "rknn"},
    PlatformDevice{"RKNPU", DeviceType::npu, "Rockchip NPU"},
};
constexpr std::array kClasses{NodeClass{"accel"}, NodeClass{"drm"}};

constexpr std::array kSensors{
    sensor<metric::utilization>(Folder::debug, "rknpu/load", kPercent, Pick::highest_percent),
    sensor<metric::temperature>(Folder::thermal, "temp", kMillicelsius),
    sensor<metric::clock_npu>(Folder::devfreq, "cur_freq", kHertz),
    sensor<metric::clock_npu_max>(Folder::devfreq, "max_freq", kHertz),
};

constexpr Table kTable{
    .vendor = "Rockchip",
    .maker = "Rockchip",
    .device_type = DeviceType::npu,
    .framework = "rockchip:",
    .platform = kPlatform,
    .classes = kClasses,
    .thermal_zone = "npu-thermal",
    .sensors = kSensors,
    .silence = "the drivers rocket and RKNPU publish no such file",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::rockchip
