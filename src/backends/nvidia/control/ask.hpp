// Questions that settings ask: numbers that are believed only within bounds, and what stands in the
// way of a call.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "accel/control/setpoint.hpp"
#include "accel/reading.hpp"
#include "backends/nvidia/gpu.hpp"
#include "backends/nvidia/plausible.hpp"

namespace accel::nvidia {

/// Between which bounds a driver's number is believed.
struct Bounds {
  std::int64_t low;
  std::int64_t high;
  std::string_view unit;
};

inline constexpr Bounds kPowerBounds{1, 100'000'000, "mW"};
inline constexpr Bounds kClockBounds{0, 100'000, "MHz"};
inline constexpr Bounds kOffsetBounds{-100'000, 100'000, "MHz"};
/// nvml.h: the intended speed "may exceed 100 %".
inline constexpr Bounds kSpeedBounds{0, 200, "%"};
inline constexpr Bounds kCelsiusBounds{0, 200, "°C"};
inline constexpr Bounds kFlagBounds{0, 1, ""};

template <class Raw>
Result<Raw> believed(const Bounds& bounds, Raw raw, std::string_view source) {
  if (is_all_ones(raw)) return all_ones(source);
  const auto number = static_cast<std::int64_t>(raw);
  if (number >= bounds.low && number <= bounds.high) return raw;
  return implausible(source, number, bounds.low, bounds.high, bounds.unit);
}

/// What the function writes through its last parameter.
template <class... Params, class... Args>
auto ask_number(const Gpu& gpu, const Bounds& bounds,
                const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function, Args... args) {
  using Last = std::remove_pointer_t<typename decltype((std::type_identity<Params>{}, ...))::type>;
  Result<Last> raw = gpu.ask<Last>(function, args...);
  return raw ? believed(bounds, *raw, function.name) : raw;
}

/// Why that function cannot be called at all: the device may not be asked, or the library lacks it.
template <class Signature>
std::optional<Error> obstacle(const Gpu& gpu, const Symbol<Signature>& function) {
  if (const Error* refusal = gpu.refusal()) return *refusal;
  if (function.call != nullptr) return std::nullopt;
  return gpu.nvml()->error(function, status::kFunctionNotFound);
}

/// The lowest and the highest value that a device takes.
struct Ends {
  double low;
  double high;
};

/// Fills a range from what a function told of its ends, or notes why it is unknown. An error that
/// says more than "not supported" is returned: a value that nobody checks would be written blindly.
[[nodiscard]] Result<void> fill(SetpointRange& range, const Result<Ends>& ends);
/// The same for a device that takes only those values, rising.
[[nodiscard]] Result<void> fill(SetpointRange& range, const Result<std::vector<double>>& steps);

/// What a driver writes through two pointers, which must be in order.
template <class Raw>
Result<Ends> ask_ends(const Gpu& gpu, const Bounds& bounds,
                      const Symbol<nvmlReturn_t(nvmlDevice_t, Raw*, Raw*)>& function) {
  Raw low{};
  Raw high{};
  if (auto done = gpu.call(function, &low, &high); !done) return done.error();
  for (const Raw end : {low, high}) {
    if (const auto checked = believed(bounds, end, function.name); !checked) return checked.error();
  }
  if (low > high) return implausible(function.name, high, low, bounds.high, bounds.unit);
  return Ends{static_cast<double>(low), static_cast<double>(high)};
}

/// A reading of a setting out of a driver's number.
template <class Raw, class Convert>
Reading<SetpointValue> reading_of(const Result<Raw>& raw, const char* source,
                                  const Convert& convert) {
  if (!raw) return {absence_of(raw.error()), source};
  return {SetpointValue(convert(*raw)), source};
}

}  // namespace accel::nvidia
