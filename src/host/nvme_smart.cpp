#include "host/nvme_smart.hpp"

#include <algorithm>

namespace accel::host {
namespace {

// Offsets: NVM Express base specification 2.0, figure 207.
constexpr std::size_t kWarning = 0;
constexpr std::size_t kTemperature = 1;
constexpr std::size_t kSpare = 3;
constexpr std::size_t kSpareThreshold = 4;
constexpr std::size_t kUsed = 5;
constexpr std::size_t kPowerOnHours = 128;
constexpr std::size_t kUnsafeShutdowns = 144;
constexpr std::size_t kMediaErrors = 160;

std::uint64_t little_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8U | bytes[i];
  return value;
}

/// A counter of 16 bytes.
std::uint64_t counter(std::span<const std::uint8_t> page, std::size_t offset) {
  const bool is_wide = little_endian(page.subspan(offset + 8, 8)) != 0;
  return is_wide ? UINT64_MAX : little_endian(page.subspan(offset, 8));
}

/// Kelvin, whole degrees; 0 is "not reported". 0 °C is 273 K to the kernel and its tools.
std::optional<Temperature> from_kelvin(std::uint64_t kelvin) {
  if (kelvin == 0 || kelvin == 0xffff) return std::nullopt;
  return celsius(static_cast<std::int64_t>(kelvin) - 273);
}

bool is_all(std::span<const std::uint8_t> bytes, std::uint8_t value) {
  return std::ranges::all_of(bytes, [value](std::uint8_t byte) { return byte == value; });
}

}  // namespace

Result<NvmeSmart> parse_nvme_smart(std::span<const std::uint8_t> page) {
  if (page.size() != kNvmeSmartSize) {
    return Error{Errc::malformed,
                 "SMART log page: " + std::to_string(page.size()) + " bytes instead of 512",
                 {},
                 {}};
  }
  if (is_all(page, 0xff)) {
    return Error{Errc::device_lost, "SMART log page: all-ones", {}, {}};
  }
  if (is_all(page, 0)) return Error{Errc::malformed, "SMART log page: all zeros", {}, {}};

  constexpr std::uint64_t kMostHours = 2'540'000;  // 290 years: what nanoseconds in 63 bits hold
  const auto hours = counter(page, kPowerOnHours);
  NvmeSmart smart;
  smart.critical_warning = page[kWarning];
  smart.temperature = from_kelvin(little_endian(page.subspan(kTemperature, 2)));
  smart.spare = page[kSpare];
  smart.spare_threshold = page[kSpareThreshold];
  smart.used = page[kUsed];
  if (hours <= kMostHours) smart.power_on = seconds(static_cast<std::int64_t>(hours) * 3600);
  smart.unsafe_shutdowns = counter(page, kUnsafeShutdowns);
  smart.media_errors = counter(page, kMediaErrors);
  return smart;
}

StorageHealth nvme_health(const NvmeSmart& smart, std::optional<Temperature> warning_limit) {
  constexpr unsigned kCritical = 1U << 0U | 1U << 2U | 1U << 3U | 1U << 4U;
  if ((smart.critical_warning & kCritical) != 0 || smart.spare < smart.spare_threshold ||
      smart.used >= 100) {
    return StorageHealth::critical;
  }
  const bool is_hot = warning_limit && smart.temperature && *smart.temperature > *warning_limit;
  // Bit 1: the controller itself finds a temperature beyond one of its limits.
  const bool says_hot = (smart.critical_warning & 1U << 1U) != 0;
  if (smart.used >= 80 || smart.media_errors > 0 || is_hot || says_hot) {
    return StorageHealth::warning;
  }
  return StorageHealth::healthy;
}

std::optional<Temperature> nvme_warning_limit(std::span<const std::uint8_t> identification) {
  constexpr std::size_t kWarningLimit = 266;  // WCTEMP; figure 275
  if (identification.size() < kWarningLimit + 2) return std::nullopt;
  return from_kelvin(little_endian(identification.subspan(kWarningLimit, 2)));
}

}  // namespace accel::host
