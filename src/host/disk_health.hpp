// A disk's own record of its health, asked of the disk.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "accel/machine.hpp"
#include "accel/storage_info.hpp"
#include "host/disk.hpp"

namespace accel::host {

struct DiskHealth {
  Reading<StorageHealth> health;
  Reading<Ratio> wear;
  Reading<Duration> power_on;
  Reading<Temperature> temperature;
};

/// Opens the node and blocks until the disk answers; run it with a deadline. A disk that sleeps
/// stays asleep.
[[nodiscard]] DiskHealth ask_disk_health(const Machine& machine, const DiskNode& node);

/// The same reason for everything that only the disk knows.
[[nodiscard]] DiskHealth no_disk_health(const Absence& why, const std::string& source);

// What the answers mean, for tests and for disks alike.
[[nodiscard]] DiskHealth nvme_disk_health(std::span<const std::uint8_t> page,
                                          std::optional<Temperature> warning_limit,
                                          const std::string& source, SteadyTime time);
[[nodiscard]] DiskHealth ata_disk_health(std::span<const std::uint8_t> page,
                                         const Result<bool>& is_failing, const DiskNode& node,
                                         const std::string& source, SteadyTime time);

}  // namespace accel::host
