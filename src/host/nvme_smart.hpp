// The health of an NVMe disk out of its SMART log page (NVM Express base specification 2.0,
// 5.16.1.3). Parses bytes; how the page is fetched is not known here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "accel/reading.hpp"
#include "accel/result.hpp"
#include "accel/storage_info.hpp"
#include "accel/units.hpp"

namespace accel::host {

inline constexpr std::size_t kNvmeSmartSize = 512;

struct NvmeSmart {
  std::uint8_t critical_warning = 0;  ///< bits: 0 spare, 1 temperature, 2 reliability,
                                      ///< 3 read-only, 4 backup, 5 persistent memory
  std::optional<Temperature> temperature;
  std::uint8_t spare = 0;  ///< percent of the spare blocks left
  std::uint8_t spare_threshold = 0;
  std::uint8_t used = 0;               ///< percent of the rated life, may exceed 100
  std::optional<Duration> power_on;    ///< empty where the number is beyond 290 years
  std::uint64_t unsafe_shutdowns = 0;  ///< the low 64 of 128 bits; all-ones where there are more
  std::uint64_t media_errors = 0;
};

/// malformed for a page of another size or of zeros, device_lost for one of all-ones.
[[nodiscard]] Result<NvmeSmart> parse_nvme_smart(std::span<const std::uint8_t> page);

/// `warning_limit`: WCTEMP of the controller, where it states one.
[[nodiscard]] StorageHealth nvme_health(const NvmeSmart& smart,
                                        std::optional<Temperature> warning_limit);

/// WCTEMP in the controller's identification; empty where it states none.
[[nodiscard]] std::optional<Temperature> nvme_warning_limit(
    std::span<const std::uint8_t> identification);

}  // namespace accel::host
