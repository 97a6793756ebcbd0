// AMD's XDNA neural processors; sources in README.md.
#include <array>

#include "core/sysfs/table.hpp"

namespace accel::xdna {
namespace {

using namespace sysfs;  // NOLINT(google-build-using-namespace): the words of the table

constexpr std::array<std::uint16_t, 1> kVendors{0x1022};
constexpr std::array<std::string_view, 1> kDrivers{"amdxdna"};
constexpr std::array kClasses{NodeClass{"accel"}};

constexpr std::array kFacts{
    Fact{Fact::Kind::firmware, Folder::device, "fw_version"},
    Fact{Fact::Kind::extra, Folder::device, "vbnv", "product"},
    Fact{Fact::Kind::extra, Folder::device, "device_type", "device_type"},
};

constexpr std::array<std::string_view, 1> kDrmDrivers{"amdxdna_accel_driver"};
// The kernel's driver counts no engine; AMD's own has one of either name.
constexpr std::array kEngines{
    DrmVocabulary::Engine{"npu-amdxdna", EngineUse::compute},
    DrmVocabulary::Engine{"amdxdna_accel_driver", EngineUse::compute},
};
constexpr std::array<std::string_view, 1> kMemory{"memory"};

constexpr DrmVocabulary programs() {
  DrmVocabulary words{kDrmDrivers, kEngines, kMemory};
  words.counts_all_work = true;
  words.otherwise = ProcessType::compute;
  return words;
}

constexpr Table kTable{
    .vendor = "AMD XDNA",
    .maker = "AMD",
    .device_type = DeviceType::npu,
    .framework = "amd:",
    .pci_vendors = kVendors,
    .pci_drivers = kDrivers,
    .classes = kClasses,
    .facts = kFacts,
    .programs = programs(),
    .silence = "the driver amdxdna publishes no such file",
    .remedy = "look at the GPU of the same processor, whose table tells use and clock of the NPU",
};

}  // namespace

BackendEntry entry() { return entry_of(kTable); }

}  // namespace accel::xdna
