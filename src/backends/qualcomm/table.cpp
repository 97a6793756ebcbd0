// Qualcomm's Cloud AI cards and Adreno GPUs; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::qualcomm {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x17cb};
constexpr std::array<std::string_view, 1> kDrivers{"qaic"};
constexpr std::array kPlatform{
    PlatformDevice{"adreno", DeviceType::gpu, "Adreno"},
    PlatformDevice{"kgsl-3d", DeviceType::gpu, "Adreno"},  // Qualcomm's own driver
};
// The GPU has nodes of its own only where the driver was told so (msm_drv.c, separate_gpu_kms).
// Else they are those of the display: of its master device up to Linux 5.18, then of its
// controller.
constexpr std::array<std::string_view, 4> kDisplay{"msm", "msm_dpu", "msm_mdp", "mdp4"};
constexpr std::array kClasses{
    NodeClass{"accel"},
    NodeClass{"drm"},
    NodeClass{"kgsl"},
    NodeClass{.name = "drm", .drivers = kDisplay},
};

constexpr std::array kFacts{Fact{Fact::Kind::extra, Folder::devfreq, "governor", "governor"}};

constexpr std::array kSensors{
    sensor<metric::ras_corrected>(Folder::device, "ce_count", kTimes),
    sensor<metric::ras_uncorrected>(Folder::device, "ue_nonfatal_count", kTimes),
    sensor<metric::ras_fatal>(Folder::device, "ue_count", kTimes),
    sensor<metric::utilization>(Folder::node, "gpu_busy_percentage", kPercent,
                                Pick::highest_percent),
    sensor<metric::temperature>(Folder::node, "temp", kMillicelsius),
    sensor<metric::clock_graphics>(Folder::devfreq, "cur_freq", kHertz),
    sensor<metric::clock_graphics>(Folder::node, "gpuclk", kHertz),
    sensor<metric::clock_graphics_min>(Folder::devfreq, "available_frequencies", kHertz,
                                       Pick::lowest),
    sensor<metric::clock_graphics_max>(Folder::devfreq, "available_frequencies", kHertz,
                                       Pick::highest),
    sensor<metric::clock_graphics_locked_min>(Folder::devfreq, "min_freq", kHertz),
    sensor<metric::clock_graphics_locked_max>(Folder::devfreq, "max_freq", kHertz),
    sensor<metric::clock_graphics_locked_max>(Folder::node, "max_gpuclk", kHertz),
};

constexpr std::array<std::string_view, 1> kDrmDrivers{"msm"};
constexpr std::array kEngines{DrmVocabulary::Engine{"gpu", EngineUse::either}};
constexpr std::array<std::string_view, 1> kMemory{"memory"};

constexpr DrmVocabulary programs() {
  DrmVocabulary words{kDrmDrivers, kEngines, kMemory};
  words.counts_all_work = true;
  return words;
}

constexpr Table kTable{
    .vendor = "Qualcomm",
    .maker = "Qualcomm",
    .device_type = DeviceType::npu,
    .framework = "qualcomm:",
    .pci_vendors = kVendors,
    .pci_drivers = kDrivers,
    .platform = kPlatform,
    .classes = kClasses,
    .facts = kFacts,
    .sensors = kSensors,
    .programs = programs(),
    .silence = "the drivers qaic, msm and kgsl publish no such file",
    .remedy = "for a Cloud AI card, ask Qualcomm's qaic-util",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::qualcomm
