// Quantities with units as people write them: "5s", "80 GiB", "700 W".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace accel::sim {

/// ns of "250us", "50ms", "5s", "2min", "1h"; nothing when malformed or without a unit.
std::optional<std::int64_t> parse_duration(std::string_view text);

/// Bytes of "80 GiB", "512 MiB", "2 TB", "4096 B".
std::optional<std::uint64_t> parse_size(std::string_view text);

/// Milliwatts of "700 W" or "12.5 W" or "300 mW".
std::optional<std::uint32_t> parse_power(std::string_view text);

}  // namespace accel::sim
