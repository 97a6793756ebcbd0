// Whether a number that a driver gave can be true. A lying driver costs its own readings.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::nvidia {

/// How a driver's number becomes a quantity, and between which bounds that is believed.
template <class T>
struct Scale {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::string_view unit;
  T (*make)(std::int64_t) = nullptr;
};

inline constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// clang-format off
inline constexpr Scale<Ratio>        kPercent{0, 100, "%", [](std::int64_t n) { return percent(static_cast<double>(n)); }};
/// nvml.h: the intended speed "may exceed 100 %".
inline constexpr Scale<Ratio>        kFanPercent{0, 200, "%", [](std::int64_t n) { return percent(static_cast<double>(n)); }};
inline constexpr Scale<Temperature>  kCelsius{-100, 200, "°C", celsius};
/// 100 kW: more than a rack has for one board.
inline constexpr Scale<Power>        kMilliwatts{0, 100'000'000, "mW", milliwatts};
/// No board may be held to nothing at all.
inline constexpr Scale<Power>        kLimitMilliwatts{1, 100'000'000, "mW", milliwatts};
inline constexpr Scale<Energy>       kMillijoules{0, kMost / 1'000, "mJ", millijoules};
inline constexpr Scale<Frequency>    kMegahertz{0, 100'000, "MHz", megahertz};
inline constexpr Scale<Rpm>          kRpm{0, 100'000, "RPM", [](std::int64_t n) { return Rpm{n}; }};
inline constexpr Scale<Bytes>        kBytes{0, kMost, "B", bytes};
inline constexpr Scale<Bytes>        kKibibytes{0, kMost / 1024, "KiB", kibibytes};
/// 1 TB/s: more than any PCI Express link.
inline constexpr Scale<ByteRate>     kKilobytesPerSecond{0, 1'000'000'000, "KB/s", [](std::int64_t n) { return ByteRate{n * 1'000}; }};
inline constexpr Scale<Duration>     kNanoseconds{0, kMost, "ns", nanoseconds};
inline constexpr Scale<Count>        kCount{0, kMost, "", [](std::int64_t n) { return Count{n}; }};
/// PCI Express has 1, 2, 4, 8, 12, 16 and 32 lanes.
inline constexpr Scale<Lanes>        kLanes{1, 32, "lanes", [](std::int64_t n) { return Lanes{n}; }};
// clang-format on

/// The error of a value that cannot be true: "nvmlX: 250 % is outside 0..100 %".
[[nodiscard]] Error implausible(std::string_view source, std::int64_t value, std::int64_t low,
                                std::int64_t high, std::string_view unit);
/// The error of the value that a vanished device gives for everything.
[[nodiscard]] Error all_ones(std::string_view source);

/// Whether every bit is set: what hardware that is gone reads as.
constexpr bool is_all_ones(std::uint32_t raw) { return raw == 0xFFFFFFFFU; }
constexpr bool is_all_ones(std::uint64_t raw) { return raw == ~std::uint64_t{0}; }
/// -1 is a number like any other where a function gives signed ones.
constexpr bool is_all_ones(std::int32_t /*raw*/) { return false; }
constexpr bool is_all_ones(std::int64_t /*raw*/) { return false; }

template <class T, class Raw>
Result<T> plausible(const Scale<T>& scale, Raw raw, std::string_view source) {
  if (is_all_ones(raw)) return all_ones(source);
  const bool fits =
      std::is_signed_v<Raw> || static_cast<std::uint64_t>(raw) <= std::uint64_t{kMost};
  const auto value = static_cast<std::int64_t>(raw);
  if (!fits || value < scale.low || value > scale.high) {
    return implausible(source, value, scale.low, scale.high, scale.unit);
  }
  return scale.make(value);
}

}  // namespace accel::nvidia
