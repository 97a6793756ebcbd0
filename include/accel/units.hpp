// Quantities that carry their unit in their type, as 64-bit numbers in one base unit each.
//
// Drivers speak milliwatts, kibibytes and percent; those exist only where a driver is read. Watts
// and hertz do not add, because they are different types.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accel {

/// An amount of `Unit`, held as Unit::Rep in the unit's base (microwatts, bytes, ...).
template <class Unit>
struct Quantity {
  using Rep = typename Unit::Rep;
  Rep value{};

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the comparison with 0 for a pointer
  friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
};

/// A unit says how its base number is shown: shown = value / per_shown, followed by `symbol` for
/// people; `name` is the base unit of metric names and JSON ("watts").
// clang-format off
struct PowerUnit       { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1'000'000;     static constexpr std::string_view name = "watts", symbol = "W"; };
struct EnergyUnit      { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1'000'000;     static constexpr std::string_view name = "joules", symbol = "J"; };
struct TemperatureUnit { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1'000;         static constexpr std::string_view name = "celsius", symbol = "°C"; };
struct FrequencyUnit   { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "hertz", symbol = "Hz"; };
struct ByteUnit        { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "bytes", symbol = "B"; };
struct ByteRateUnit    { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "bytes_per_second", symbol = "B/s"; };
struct VoltageUnit     { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1'000'000;     static constexpr std::string_view name = "volts", symbol = "V"; };
struct DurationUnit    { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1'000'000'000; static constexpr std::string_view name = "seconds", symbol = "s"; };
struct TransferUnit    { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "transfers_per_second", symbol = "T/s"; };
struct RpmUnit         { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "rpm", symbol = "RPM"; };
struct LaneUnit        { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "lanes", symbol = "lanes"; };
struct CountUnit       { using Rep = std::int64_t; static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "count", symbol{}; };
struct RatioUnit       { using Rep = double;       static constexpr std::int64_t per_shown = 1;             static constexpr std::string_view name = "ratio", symbol{}; };
// clang-format on

using Power = Quantity<PowerUnit>;              // microwatts
using Energy = Quantity<EnergyUnit>;            // microjoules
using Temperature = Quantity<TemperatureUnit>;  // millidegrees Celsius
using Frequency = Quantity<FrequencyUnit>;      // hertz
using Bytes = Quantity<ByteUnit>;               // bytes
using ByteRate = Quantity<ByteRateUnit>;        // bytes per second
using Voltage = Quantity<VoltageUnit>;          // microvolts
using Duration = Quantity<DurationUnit>;        // nanoseconds
using TransferRate = Quantity<TransferUnit>;    // transfers per second
using Rpm = Quantity<RpmUnit>;                  // turns per minute
using Lanes = Quantity<LaneUnit>;               // PCI Express lanes
using Count = Quantity<CountUnit>;              // a number of things
using Ratio = Quantity<RatioUnit>;              // 0..1

template <class T>
inline constexpr bool is_quantity = false;
template <class Unit>
inline constexpr bool is_quantity<Quantity<Unit>> = true;

template <class T>
concept AnyQuantity = is_quantity<T>;

// Constructors in the units of drivers. Each is exact; watts() and ratio() take doubles because
// people and percentages do.
constexpr Power microwatts(std::int64_t n) { return {n}; }
constexpr Power milliwatts(std::int64_t n) { return {n * 1'000}; }
constexpr Energy microjoules(std::int64_t n) { return {n}; }
constexpr Energy millijoules(std::int64_t n) { return {n * 1'000}; }
constexpr Temperature millicelsius(std::int64_t n) { return {n}; }
constexpr Temperature celsius(std::int64_t n) { return {n * 1'000}; }
constexpr Frequency hertz(std::int64_t n) { return {n}; }
constexpr Frequency kilohertz(std::int64_t n) { return {n * 1'000}; }
constexpr Frequency megahertz(std::int64_t n) { return {n * 1'000'000}; }
constexpr Bytes bytes(std::int64_t n) { return {n}; }
constexpr Bytes kibibytes(std::int64_t n) { return {n * 1024}; }
constexpr Bytes mebibytes(std::int64_t n) { return {n * 1024 * 1024}; }
constexpr Duration nanoseconds(std::int64_t n) { return {n}; }
constexpr Duration microseconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000'000}; }
constexpr Ratio ratio(double share) { return {share}; }
constexpr Ratio percent(double points) { return {points / 100.0}; }

/// The number in the unit people and metrics use: watts, degrees, seconds, ratio.
template <class Unit>
constexpr double shown(Quantity<Unit> quantity) {
  return static_cast<double>(quantity.value) / static_cast<double>(Unit::per_shown);
}

}  // namespace accel
