// The health of an ATA disk out of its SMART attributes (ATA/ATAPI Command Set 3, SMART READ
// DATA; attribute numbers as smartmontools' drivedb has them). Parses bytes; how they are fetched
// is not known here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "accel/result.hpp"
#include "accel/storage_info.hpp"
#include "accel/units.hpp"

namespace accel::host {

inline constexpr std::size_t kAtaSmartSize = 512;

/// Each empty where the disk keeps no such attribute, or one beyond belief.
struct AtaSmart {
  std::optional<Temperature> temperature;
  std::optional<Duration> power_on;
  std::optional<Ratio> wear;  ///< of solid state
  std::optional<std::uint64_t> reallocated_sectors;
  std::optional<std::uint64_t> pending_sectors;
};

/// malformed for a page of another size, with a false checksum or without any attribute;
/// device_lost for one of all-ones. `rotates`: the disk has no wear.
[[nodiscard]] Result<AtaSmart> parse_ata_smart(std::span<const std::uint8_t> page, bool rotates);

/// `is_failing`: the disk's own verdict.
[[nodiscard]] StorageHealth ata_health(const AtaSmart& smart, bool is_failing,
                                       std::optional<Temperature> warning_limit);

}  // namespace accel::host
