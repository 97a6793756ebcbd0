// The names of storage kinds in documents.
#include "accel/storage_info.hpp"

#include <array>

namespace accel {

std::string_view to_string(StorageType type) {
  constexpr std::array<std::string_view, 8> kNames{"nvme_ssd", "sata_ssd", "hdd", "network",
                                                   "object",   "virtual",  "ssd", "other"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string_view to_string(StorageBus bus) {
  constexpr std::array<std::string_view, 7> kNames{"pcie",    "sata",   "sas",  "usb",
                                                   "network", "virtio", "other"};
  return kNames.at(static_cast<std::size_t>(bus));
}

std::string_view to_string(StorageHealth health) {
  constexpr std::array<std::string_view, 3> kNames{"healthy", "warning", "critical"};
  return kNames.at(static_cast<std::size_t>(health));
}

}  // namespace accel
