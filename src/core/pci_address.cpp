#include "accel/pci_address.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace accel {
namespace {

/// Takes `text` as a hexadecimal field of `least` to `most` digits and at most `limit`.
bool take_hex(std::string_view text, std::size_t least, std::size_t most, unsigned limit,
              unsigned& value) {
  if (text.size() < least || text.size() > most) return false;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value, 16);
  return status == std::errc{} && stop == end && value <= limit;
}

}  // namespace

std::string PciAddress::text() const {
  std::array<char, 16> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%04x:%02x:%02x.%x", domain, bus,
                                 device, function);
  return {buffer.data(), static_cast<std::size_t>(size)};
}

Result<PciAddress> PciAddress::parse(std::string_view text) {
  const Error malformed{
      Errc::invalid_argument, "not a PCI address: '" + std::string(text) + "'", "", {}};
  std::string_view rest = text;

  unsigned function = 0;
  if (const auto dot = rest.find('.'); dot != std::string_view::npos) {
    if (!take_hex(rest.substr(dot + 1), 1, 1, 7, function)) return malformed;
    rest = rest.substr(0, dot);
  }
  const auto last = rest.rfind(':');
  if (last == std::string_view::npos) return malformed;
  unsigned device = 0;
  if (!take_hex(rest.substr(last + 1), 2, 2, 31, device)) return malformed;
  rest = rest.substr(0, last);

  unsigned domain = 0;
  if (const auto first = rest.find(':'); first != std::string_view::npos) {
    // Four digits as sysfs writes them, or eight as NVML does. VMD and some hypervisors use domains
    // above 0xffff; none of them holds accelerators yet.
    const auto digits = rest.substr(0, first);
    if (digits.size() != 4 && digits.size() != 8) return malformed;
    if (!take_hex(digits, 4, 8, 0xffff, domain)) return malformed;
    rest = rest.substr(first + 1);
  }
  unsigned bus = 0;
  if (!take_hex(rest, 2, 2, 0xff, bus)) return malformed;
  return PciAddress{static_cast<std::uint16_t>(domain), static_cast<std::uint8_t>(bus),
                    static_cast<std::uint8_t>(device), static_cast<std::uint8_t>(function)};
}

}  // namespace accel
