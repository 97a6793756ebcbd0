// Broadcom's V3D, the GPU of the Raspberry Pi; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::broadcom {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array kPlatform{PlatformDevice{"v3d", DeviceType::gpu, "VideoCore V3D"}};
constexpr std::array kClasses{NodeClass{"drm"}};

constexpr std::array<std::string_view, 1> kDrmDrivers{"v3d"};
// The queues of v3d_drv.h (v3d_queue_to_string) that work on the GPU for a program: `cache_clean`
// flushes what another has written, and `cpu` runs on the processor.
constexpr std::array kEngines{
    DrmVocabulary::Engine{"bin", EngineUse::graphics},
    DrmVocabulary::Engine{"render", EngineUse::graphics},
    DrmVocabulary::Engine{"tfu", EngineUse::graphics},
    DrmVocabulary::Engine{"csd", EngineUse::compute},
};

constexpr std::array<std::string_view, 1> kMemory{"memory"};

constexpr DrmVocabulary programs() {
  DrmVocabulary words{kDrmDrivers, kEngines, kMemory};
  words.counts_all_work = true;
  return words;
}

constexpr Table kTable{
    .vendor = "Broadcom",
    .maker = "Broadcom",
    .device_type = DeviceType::gpu,
    .framework = "broadcom:",
    .platform = kPlatform,
    .classes = kClasses,
    .programs = programs(),
    .silence = "the driver v3d publishes no such file",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::broadcom
