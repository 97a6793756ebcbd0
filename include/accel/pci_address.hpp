// Where a function sits on the PCI bus.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "accel/result.hpp"

namespace accel {

/// Ordered by domain, bus, device, function: the order of the global index.
struct PciAddress {
  std::uint16_t domain = 0;
  std::uint8_t bus = 0;
  std::uint8_t device = 0;
  std::uint8_t function = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the comparison with 0 for a pointer
  friend constexpr auto operator<=>(const PciAddress&, const PciAddress&) = default;

  /// "0000:41:00.0", as sysfs writes it.
  [[nodiscard]] std::string text() const;

  /// Reads a domain of 4 to 8 hex digits, or none ("41:00.0"), in any case. A function may be
  /// left out ("0000:41:00"): 0. invalid_argument for anything else.
  [[nodiscard]] static Result<PciAddress> parse(std::string_view text);
};

}  // namespace accel
