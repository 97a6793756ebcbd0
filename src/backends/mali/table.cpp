// Arm's Mali GPUs; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::mali {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array kPlatform{
    PlatformDevice{"lima", DeviceType::gpu, "Mali (Utgard)"},
    PlatformDevice{"panfrost", DeviceType::gpu, "Mali"},
    PlatformDevice{"panthor", DeviceType::gpu, "Mali"},
};
constexpr std::array kClasses{NodeClass{"drm"}};

constexpr std::array kSensors{
    sensor<metric::clock_graphics>(Folder::devfreq, "cur_freq", kHertz),
    sensor<metric::clock_graphics_min>(Folder::devfreq, "available_frequencies", kHertz,
                                       Pick::lowest),
    sensor<metric::clock_graphics_max>(Folder::devfreq, "available_frequencies", kHertz,
                                       Pick::highest),
    sensor<metric::clock_graphics_locked_min>(Folder::devfreq, "min_freq", kHertz),
    sensor<metric::clock_graphics_locked_max>(Folder::devfreq, "max_freq", kHertz),
};

// lima tells nothing of its clients: whoever has its node open is all that is known.
constexpr std::array<std::string_view, 2> kDrmDrivers{"panfrost", "panthor"};
constexpr std::array kEngines{
    DrmVocabulary::Engine{"fragment", EngineUse::graphics},
    DrmVocabulary::Engine{"vertex-tiler", EngineUse::either},
    DrmVocabulary::Engine{"panthor", EngineUse::either},
};
constexpr std::array<std::string_view, 1> kMemory{"memory"};

constexpr DrmVocabulary programs() {
  DrmVocabulary words{kDrmDrivers, kEngines, kMemory};
  words.counts_all_work = true;
  return words;
}

constexpr Table kTable{
    .vendor = "Arm",
    .maker = "Arm",
    .device_type = DeviceType::gpu,
    .framework = "arm:",
    .platform = kPlatform,
    .classes = kClasses,
    .sensors = kSensors,
    .programs = programs(),
    .counting_switch = "profiling",
    .silence = "the drivers lima, panfrost and panthor publish no such file",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::mali
