// Qualcomm's Cloud AI cards and Adreno GPUs; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::qualcomm {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x17cb};
constexpr std::array<std::string_view, 1> kDrivers{"qaic"};
constexpr std::array kPlatform{PlatformDevice{"adreno", DeviceType::gpu, "Adreno"}};
// The GPU has nodes of its own only where the driver was told so (msm_drv.c, separate_gpu_kms).
// Else they are those of the display: of its master device up to Linux 5.18, then of its
// controller.
constexpr std::array<std::string_view, 4> kDisplay{"msm", "msm_dpu", "msm_mdp", "mdp4"};
constexpr std::array kClasses{
    NodeClass{"accel"},
    NodeClass{"drm"},
    NodeClass{.name = "drm", .drivers = kDisplay},
};

constexpr std::array kSensors{
    sensor<metric::ras_corrected>(Folder::device, "ce_count", kTimes),
    sensor<metric::ras_uncorrected>(Folder::device, "ue_nonfatal_count", kTimes),
    sensor<metric::clock_graphics>(Folder::devfreq, "cur_freq", kHertz),
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
    .sensors = kSensors,
    .programs = programs(),
    .silence =
        "the drivers qaic and msm publish no such file; for a Cloud AI card Qualcomm's "
        "qaic-util may tell",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::qualcomm
