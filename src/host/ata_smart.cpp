#include "host/ata_smart.hpp"

#include <algorithm>
#include <numeric>
#include <string>

namespace accel::host {
namespace {

constexpr std::size_t kTable = 2;
constexpr std::size_t kRows = 30;
constexpr std::size_t kRowSize = 12;

struct Attribute {
  std::uint8_t current;  ///< normalized by the maker: 100 is new, for most
  std::uint64_t raw;     ///< 48 bits
};

std::optional<Attribute> attribute(std::span<const std::uint8_t> page, int number) {
  for (std::size_t row = 0; row < kRows; ++row) {
    const auto bytes = page.subspan(kTable + row * kRowSize, kRowSize);
    if (bytes[0] != number) continue;
    std::uint64_t raw = 0;
    for (std::size_t i = 6; i-- > 0;) raw = raw << 8U | bytes[5 + i];
    return Attribute{bytes[3], raw};
  }
  return std::nullopt;
}

std::optional<Temperature> temperature(std::span<const std::uint8_t> page) {
  for (const int number : {194, 190}) {
    const auto found = attribute(page, number);
    if (!found) continue;
    // The bytes above hold the lowest and highest so far, in an order of the maker's.
    const auto degrees = static_cast<std::int64_t>(found->raw & 0xffU);
    if (degrees > 0 && degrees < 128) return celsius(degrees);
  }
  return std::nullopt;
}

std::optional<Duration> power_on(std::span<const std::uint8_t> page) {
  constexpr std::uint64_t kMostHours = 876'000;  // a century
  const auto found = attribute(page, 9);
  if (!found) return std::nullopt;
  const auto hours = found->raw & 0xffffffffU;  // Seagate counts milliseconds in the bytes above.
  if (hours > kMostHours) return std::nullopt;
  return seconds(static_cast<std::int64_t>(hours) * 3600);
}

std::optional<Ratio> wear(std::span<const std::uint8_t> page) {
  // Wear_Leveling_Count (Samsung), SSD_Life_Left, Media_Wearout_Indicator (Intel): what is left,
  // from 100 down.
  for (const int number : {177, 231, 233}) {
    const auto found = attribute(page, number);
    if (found && found->current <= 100) return percent(100 - found->current);
  }
  return std::nullopt;
}

Error malformed(std::string why) {
  return {Errc::malformed, "SMART data: " + std::move(why), {}, {}};
}

}  // namespace

Result<AtaSmart> parse_ata_smart(std::span<const std::uint8_t> page, bool rotates) {
  if (page.size() != kAtaSmartSize) {
    return malformed(std::to_string(page.size()) + " bytes instead of 512");
  }
  // All-ones have a valid checksum.
  if (std::ranges::all_of(page, [](std::uint8_t byte) { return byte == 0xff; })) {
    return Error{Errc::device_lost, "SMART data: all-ones", {}, {}};
  }
  if (std::accumulate(page.begin(), page.end(), 0U) % 256 != 0) return malformed("false checksum");
  bool has_any = false;
  for (std::size_t row = 0; row < kRows; ++row) has_any |= page[kTable + row * kRowSize] != 0;
  if (!has_any) return malformed("no attributes");

  AtaSmart smart;
  smart.temperature = temperature(page);
  smart.power_on = power_on(page);
  if (!rotates) smart.wear = wear(page);
  // smartmontools' default for attribute 5 is raw16: makers keep other counts above.
  if (const auto found = attribute(page, 5)) smart.reallocated_sectors = found->raw & 0xffffU;
  if (const auto found = attribute(page, 197)) smart.pending_sectors = found->raw;
  return smart;
}

StorageHealth ata_health(const AtaSmart& smart, bool is_failing,
                         std::optional<Temperature> warning_limit) {
  const auto worn = smart.wear.value_or(Ratio{0});
  if (is_failing || worn >= percent(100)) return StorageHealth::critical;
  const bool is_hot = warning_limit && smart.temperature && *smart.temperature > *warning_limit;
  if (worn >= percent(80) || smart.reallocated_sectors.value_or(0) > 0 ||
      smart.pending_sectors.value_or(0) > 0 || is_hot) {
    return StorageHealth::warning;
  }
  return StorageHealth::healthy;
}

}  // namespace accel::host
