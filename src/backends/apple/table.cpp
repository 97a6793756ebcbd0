// Apple's GPUs under Asahi Linux; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::apple {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array kPlatform{PlatformDevice{"asahi", DeviceType::gpu, "Apple AGX"}};
constexpr std::array kClasses{NodeClass{"drm"}};

constexpr Table kTable{
    .vendor = "Apple",
    .maker = "Apple",
    .device_type = DeviceType::npu,
    .framework = "mps",
    .platform = kPlatform,
    .classes = kClasses,
    .silence =
        "the driver asahi publishes no sensor; the sensors of the board (hwmon macsmc) name "
        "no GPU",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::apple
