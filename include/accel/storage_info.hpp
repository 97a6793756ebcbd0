// The host's disks and remote file systems.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

/// Ours beyond the specification's: `ssd`, solid state behind SAS, USB or eMMC; `virtual_disk`,
/// media that the host cannot tell (a virtio disk claims to rotate).
enum class StorageType { nvme_ssd, sata_ssd, hdd, network, object, virtual_disk, ssd, other };
enum class StorageBus { pcie, sata, sas, usb, network, virtio, other };
enum class StorageHealth { healthy, warning, critical };

[[nodiscard]] std::string_view to_string(StorageType type);
[[nodiscard]] std::string_view to_string(StorageBus bus);
[[nodiscard]] std::string_view to_string(StorageHealth health);

/// The convenience field capacity_gb: whole 10^9 bytes.
[[nodiscard]] constexpr std::int64_t whole_gigabytes(Bytes size) {
  return size.value / 1'000'000'000;
}

struct StorageInfo {
  std::string device_path;  ///< "/dev/nvme0n1", or the source of a mount: "server:/export"
  Reading<std::string> model;
  Reading<std::string> serial;
  Reading<std::string> firmware;
  StorageType device_type = StorageType::other;
  StorageBus bus_type = StorageBus::other;
  Reading<Bytes> capacity;
  Reading<std::int64_t> max_read_mbps;
  Reading<std::int64_t> max_write_mbps;
  Reading<std::int64_t> max_iops;
  Reading<StorageHealth> health;
  Reading<Temperature> temperature;
  Reading<Ratio> wear;  ///< rated life used; may exceed 1
  Reading<Duration> power_on;
  std::vector<std::string> mount_points;
  Reading<std::string> filesystem;  ///< "ext4"; of several mounts "ext4, vfat"
  Reading<std::string> server;      ///< of network storage
  Reading<std::string> exported;    ///< path, bucket or target at the server
  bool removable = false;
};

}  // namespace accel
