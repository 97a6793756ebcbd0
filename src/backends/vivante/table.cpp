// Vivante's GPUs under the kernel's driver etnaviv; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::vivante {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

// The driver makes one device of all cores (etnaviv_drv.c, etnaviv_init), which has the nodes. The
// cores themselves, bound to `etnaviv-gpu`, have none and are not listed.
constexpr std::array kPlatform{PlatformDevice{"etnaviv", DeviceType::gpu, "Vivante GC"}};
constexpr std::array kClasses{NodeClass{"drm"}};

// It tells of a program what it has allocated (etnaviv_drv.c, etnaviv_show_fdinfo), no engine and
// nothing resident.
constexpr std::array<std::string_view, 1> kDrmDrivers{"etnaviv"};

constexpr Table kTable{
    .vendor = "Vivante",
    .maker = "Vivante",
    .device_type = DeviceType::gpu,
    .framework = "vivante:",
    .platform = kPlatform,
    .classes = kClasses,
    .programs = {.drivers = kDrmDrivers},
    .silence = "the driver etnaviv publishes no such file",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::vivante
