// How a number of the driver becomes a quantity, and between which bounds it is believed.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::amd {

template <class T>
struct Scale {
  std::int64_t low = 0;
  std::int64_t high = 0;
  std::string_view unit;
  T (*make)(std::int64_t) = nullptr;
};

inline constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Units of hwmon files: Documentation/hwmon/sysfs-interface.rst. Units of the metrics table:
// kgd_pp_interface.h.
// clang-format off
inline constexpr Scale<Temperature> kMillidegrees{-100'000, 200'000, "m°C", millicelsius};
inline constexpr Scale<Temperature> kDegrees{0, 200, "°C", celsius};
inline constexpr Scale<Temperature> kCentidegrees{0, 20'000, "c°C", [](std::int64_t n) { return millicelsius(n * 10); }};
/// 100 kW: more than a rack has for one board.
inline constexpr Scale<Power>       kMicrowatts{0, 100'000'000'000, "µW", microwatts};
inline constexpr Scale<Power>       kMilliwatts{0, 100'000'000, "mW", milliwatts};
inline constexpr Scale<Power>       kWatts{0, 100'000, "W", [](std::int64_t n) { return milliwatts(n * 1'000); }};
/// 2^-16 J, 15.259 µJ.
inline constexpr Scale<Energy>      kEnergySteps{0, kMost / 1'000'000, "2^-16 J", [](std::int64_t n) { return microjoules(n / 65'536 * 1'000'000 + n % 65'536 * 1'000'000 / 65'536); }};
inline constexpr Scale<Frequency>   kHertz{0, 100'000'000'000, "Hz", hertz};
inline constexpr Scale<Frequency>   kMegahertz{0, 100'000, "MHz", megahertz};
inline constexpr Scale<Voltage>     kMillivolts{0, 100'000, "mV", [](std::int64_t n) { return Voltage{n * 1'000}; }};
inline constexpr Scale<Rpm>         kRpm{0, 100'000, "RPM", [](std::int64_t n) { return Rpm{n}; }};
inline constexpr Scale<Ratio>       kPercent{0, 100, "%", [](std::int64_t n) { return percent(static_cast<double>(n)); }};
inline constexpr Scale<Ratio>       kCentipercent{0, 10'000, "0.01 %", [](std::int64_t n) { return percent(static_cast<double>(n) / 100); }};
inline constexpr Scale<Bytes>       kBytes{0, kMost, "B", bytes};
/// "KiloBytes" in the kernel's words, taken at that.
inline constexpr Scale<Bytes>       kKilobytes{0, kMost / 1000, "KB", [](std::int64_t n) { return bytes(n * 1000); }};
inline constexpr Scale<Count>       kCount{0, kMost, "", [](std::int64_t n) { return Count{n}; }};
inline constexpr Scale<Lanes>       kLanes{1, 64, "lanes", [](std::int64_t n) { return Lanes{n}; }};
inline constexpr Scale<TransferRate> kGigatransfers{1, 1'000, "GT/s", [](std::int64_t n) { return TransferRate{n * 1'000'000'000}; }};
// clang-format on

/// "…/temp1_input: 999999 m°C is outside -100000..200000 m°C".
[[nodiscard]] Error implausible(std::string_view source, std::int64_t value, std::int64_t low,
                                std::int64_t high, std::string_view unit);

template <class T>
Result<T> judged(const Scale<T>& scale, std::int64_t value, std::string_view source) {
  if (value < scale.low || value > scale.high) {
    return implausible(source, value, scale.low, scale.high, scale.unit);
  }
  return scale.make(value);
}

}  // namespace accel::amd
