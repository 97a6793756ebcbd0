#include "core/sysfs/number.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number.hpp"

namespace accel::sysfs {
namespace {

constexpr std::size_t kLongest = 4096;  // a page is all that a driver can write at once
constexpr std::string_view kDigits = "0123456789";

std::string_view without_end(std::string_view text) {
  const auto last = text.find_last_not_of(std::string_view(" \t\r\n\0", 5));
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

Error malformed(const char* why) { return {Errc::malformed, why, "", {}}; }

/// Takes the first word off the front; empty at the end.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

Result<std::int64_t> from_list(std::string_view text, bool lowest) {
  std::optional<std::int64_t> best;
  for (auto word = take_word(text); !word.empty(); word = take_word(text)) {
    const auto number = base::parse_integer(word);
    if (!number) return number.error();
    best = !best ? *number : lowest ? std::min(*best, *number) : std::max(*best, *number);
  }
  if (!best) return malformed("it is empty");
  return *best;
}

Result<std::int64_t> highest_percent(std::string_view text) {
  std::optional<std::int64_t> best;
  for (auto sign = text.find('%'); sign != std::string_view::npos; sign = text.find('%')) {
    std::string_view before = text.substr(0, sign);
    before = before.substr(0, before.find_last_not_of(' ') + 1);
    const auto start = before.find_last_not_of(kDigits);
    const auto number =
        base::parse_integer(before.substr(start == std::string_view::npos ? 0 : start + 1));
    if (!number) return number.error();
    best = std::max(best.value_or(*number), *number);
    text.remove_prefix(sign + 1);
  }
  if (!best) return malformed("no number of it is followed by '%'");
  return *best;
}

Absence failure(std::string reason) { return {ReadingStatus::error, std::move(reason), ""}; }

Reading<std::int64_t> base_number(const Sensor& sensor, std::int64_t raw, const std::string& source,
                                  SteadyTime time) {
  std::int64_t number = 0;
  const bool fits = !__builtin_mul_overflow(raw, sensor.scale, &number);
  if (!fits || number < sensor.low || number > sensor.high) {
    return {failure(source + ": " + std::to_string(raw) + " cannot be true"), source, time};
  }
  return {number, source, time};
}

}  // namespace

Result<std::int64_t> parse_number(std::string_view text, Pick pick) {
  if (text.find('\n') == std::string_view::npos) {
    return malformed(text.empty() ? "it is empty"
                                  : "it does not end with a newline: it has been cut");
  }
  switch (pick) {
    case Pick::only: break;
    case Pick::lowest: return from_list(without_end(text), true);
    case Pick::highest: return from_list(without_end(text), false);
    case Pick::highest_percent: return highest_percent(without_end(text));
  }
  return base::parse_integer(without_end(text));
}

bool is_all_ones(std::string_view text) {
  constexpr std::array<std::string_view, 5> ones{"4294967295", "18446744073709551615", "-1",
                                                 "0xffffffff", "0xffffffffffffffff"};
  return std::ranges::find(ones, without_end(text)) != ones.end();
}

Answer read_sensor(const Sensor& sensor, const base::Dir& folder, SteadyTime time) {
  const std::string source = folder.source(sensor.file);
  const auto text = base::read_file(source, kLongest);
  if (!text) {
    return {{absence_of(text.error()), source, time},
            text.error().code == Errc::operation_not_supported};
  }
  // A temperature of -1 is one like any other.
  if (is_all_ones(*text) && (sensor.low >= 0 || text->front() != '-')) {
    return {{failure(source + ": all bits are set"), source, time}, false, true};
  }
  const auto raw = parse_number(*text, sensor.pick);
  if (!raw) return {{failure(source + ": " + raw.error().message), source, time}};
  return {base_number(sensor, *raw, source, time)};
}

}  // namespace accel::sysfs
