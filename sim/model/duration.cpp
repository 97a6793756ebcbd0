#include "duration.hpp"

#include <charconv>
#include <cmath>
#include <span>

namespace accel::sim {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr Unit kDurations[] = {{"ns", 1},     {"us", 1e3}, {"ms", 1e6},   {"s", 1e9},
                               {"min", 6e10}, {"m", 6e10}, {"h", 3.6e12}, {"d", 8.64e13}};
constexpr Unit kSizes[] = {{"B", 1},        {"KiB", 0x1p10}, {"MiB", 0x1p20},
                           {"GiB", 0x1p30}, {"TiB", 0x1p40}, {"kB", 1e3},
                           {"MB", 1e6},     {"GB", 1e9},     {"TB", 1e12}};
constexpr Unit kPowers[] = {{"mW", 1}, {"W", 1e3}, {"kW", 1e6}};

std::optional<double> parse(std::string_view text, std::span<const Unit> units) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !std::isfinite(number) || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  for (const Unit& unit : units) {
    if (text == unit.name) return number * unit.factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const auto ns = parse(text, kDurations);
  if (!ns || *ns > 9e18) return std::nullopt;
  return std::llround(*ns);
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto bytes = parse(text, kSizes);
  if (!bytes || *bytes > 9e18) return std::nullopt;
  return static_cast<std::uint64_t>(std::llround(*bytes));
}

std::optional<std::uint32_t> parse_power(std::string_view text) {
  const auto milliwatts = parse(text, kPowers);
  if (!milliwatts || *milliwatts > 4e9) return std::nullopt;
  return static_cast<std::uint32_t>(std::llround(*milliwatts));
}

}  // namespace accel::sim
