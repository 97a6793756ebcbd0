#include "core/sysfs/number.hpp"

#include <algorithm>
#include <array>

#include "base/number.hpp"

namespace accel::sysfs {
namespace {

constexpr std::size_t kLongest = 64;  // a number of 64 bits has 20 digits

std::string_view without_end(std::string_view text) {
  const auto last = text.find_last_not_of(std::string_view(" \t\r\n\0", 5));
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
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

Result<std::int64_t> parse_number(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) {
    return Error{Errc::malformed,
                 text.empty() ? "it is empty" : "it does not end with a newline: it has been cut",
                 "",
                 {}};
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
  const auto raw = parse_number(*text);
  if (!raw) return {{failure(source + ": " + raw.error().message), source, time}};
  return {base_number(sensor, *raw, source, time)};
}

}  // namespace accel::sysfs
