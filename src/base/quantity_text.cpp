#include "base/quantity_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "base/number.hpp"

namespace accel::base {
namespace {

struct UnitName {
  std::string_view symbol;
  std::int64_t base;  ///< how many of the base unit it is
};

constexpr UnitName kDurations[] = {{"ns", 1},
                                   {"us", 1'000},
                                   {"ms", 1'000'000},
                                   {"s", 1'000'000'000},
                                   {"min", 60'000'000'000},
                                   {"h", 3'600'000'000'000},
                                   {"d", 86'400'000'000'000}};

constexpr std::int64_t kKibi = 1024;
constexpr UnitName kSizes[] = {{"B", 1},
                               {"KiB", kKibi},
                               {"MiB", kKibi* kKibi},
                               {"GiB", kKibi* kKibi* kKibi},
                               {"TiB", kKibi* kKibi* kKibi* kKibi},
                               {"PiB", kKibi* kKibi* kKibi* kKibi* kKibi},
                               {"kB", 1'000},
                               {"KB", 1'000},
                               {"MB", 1'000'000},
                               {"GB", 1'000'000'000},
                               {"TB", 1'000'000'000'000},
                               {"PB", 1'000'000'000'000'000}};

constexpr UnitName kPowers[] = {{"uW", 1}, {"mW", 1'000}, {"W", 1'000'000}, {"kW", 1'000'000'000}};

Error bad(std::string_view text, std::string_view kind, std::span<const UnitName> units,
          std::string_view why) {
  std::string known;
  for (const UnitName& unit : units) {
    if (!known.empty()) known += ' ';
    known += unit.symbol;
  }
  return {Errc::invalid_argument,
          "not a " + std::string(kind) + ": '" + std::string(text) + "': " + std::string(why),
          "write a number and one of the units " + known,
          {}};
}

/// Reads one "number unit" from the front of `rest`.
Result<std::int64_t> take_amount(std::string_view& rest, std::string_view whole,
                                 std::string_view kind, std::span<const UnitName> units) {
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789."), rest.size());
  const auto number = parse_double(rest.substr(0, digits));
  if (!number) return bad(whole, kind, units, "it starts with no number");
  rest.remove_prefix(digits);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const std::size_t letters = std::min(rest.find_first_of("0123456789. "), rest.size());
  const std::string_view symbol = rest.substr(0, letters);
  rest.remove_prefix(letters);
  if (symbol.empty()) return bad(whole, kind, units, "it has no unit");
  const auto unit = std::ranges::find(units, symbol, &UnitName::symbol);
  if (unit == units.end()) return bad(whole, kind, units, "unknown unit");
  const double amount = std::round(*number * static_cast<double>(unit->base));
  if (amount >= static_cast<double>(std::numeric_limits<std::int64_t>::max())) {
    return bad(whole, kind, units, "too large");
  }
  return static_cast<std::int64_t>(amount);
}

Result<std::int64_t> parse_one(std::string_view text, std::string_view kind,
                               std::span<const UnitName> units) {
  std::string_view rest = text;
  auto amount = take_amount(rest, text, kind, units);
  if (amount && !rest.empty()) return bad(text, kind, units, "something follows the unit");
  return amount;
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  std::string_view rest = text;
  std::int64_t sum = 0;
  do {
    const auto part = take_amount(rest, text, "duration", kDurations);
    if (!part) return part.error();
    if (__builtin_add_overflow(sum, *part, &sum)) {
      return bad(text, "duration", kDurations, "too large");
    }
  } while (!rest.empty());
  return nanoseconds(sum);
}

Result<Bytes> parse_size(std::string_view text) {
  const auto amount = parse_one(text, "size", kSizes);
  if (!amount) return amount.error();
  return bytes(*amount);
}

Result<Power> parse_power(std::string_view text) {
  const auto amount = parse_one(text, "power", kPowers);
  if (!amount) return amount.error();
  return microwatts(*amount);
}

}  // namespace accel::base
