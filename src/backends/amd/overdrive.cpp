#include "backends/amd/overdrive.hpp"

#include <algorithm>
#include <charconv>

#include "backends/amd/lines.hpp"

namespace accel::amd {
namespace {

constexpr std::size_t kMostRows = 256;
constexpr std::string_view kRanges = "OD_RANGE";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "300MHz", "-50mv", "25C", "15%", "3200"; nothing for anything else.
std::optional<OverdriveValue> value_of(std::string_view word) {
  OverdriveValue value;
  const char* end = word.data() + word.size();
  const auto [stop, status] = std::from_chars(word.data(), end, value.number);
  if (status != std::errc{}) return std::nullopt;
  for (const char* at = stop; at != end; ++at) {
    const char c = *at >= 'A' && *at <= 'Z' ? static_cast<char>(*at - 'A' + 'a') : *at;
    if ((c < 'a' || c > 'z') && c != '%') return std::nullopt;
    value.unit += c;
  }
  if (value.unit.size() > 4) return std::nullopt;
  return value;
}

/// A row starts with a number; a header and a range's name with a letter.
std::optional<OverdriveRow> row_of(std::string_view line) {
  OverdriveRow row;
  if (const auto index = number_with(line.substr(0, line.find_first_of(" \t")), ":");
      index && *index >= 0 && *index < static_cast<std::int64_t>(kMostRows)) {
    row.index = static_cast<int>(*index);
    (void)next_word(line);
  }
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    auto value = value_of(word);
    if (!value) return std::nullopt;
    row.values.push_back(std::move(*value));
  }
  if (row.values.empty()) return std::nullopt;
  return row;
}

/// "SCLK:     300MHz       2000MHz".
std::optional<OverdriveRange> range_of(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto rest = line.substr(colon + 1);
  auto low = value_of(next_word(rest));
  auto high = value_of(next_word(rest));
  if (!low || !high || !next_word(rest).empty()) return std::nullopt;
  return OverdriveRange{std::string(line.substr(0, colon)), std::move(*low), std::move(*high)};
}

Error not_overdrive(std::string_view line) {
  return {Errc::malformed, "not a line of an overdrive table: '" + std::string(line) + "'", "", {}};
}

/// The name of the section that the line opens; empty when it opens none.
std::string_view header_of(std::string_view line) {
  const bool letter = !is_digit(line.front()) && line.front() != '-';
  if (line.ends_with(':')) line.remove_suffix(1);
  const bool named = line.find(':') == std::string_view::npos;
  return letter && named ? line : std::string_view();
}

class Parser {
 public:
  Result<OverdriveTable> parse(std::string_view text) {
    while (!text.empty()) {
      const auto line = next_line(text);
      if (!line.empty() && (++lines_ > kMostRows || !take(line))) return not_overdrive(line);
    }
    return std::move(table_);
  }

 private:
  bool take(std::string_view line) {
    if (const auto name = header_of(line); !name.empty()) {
      in_ranges_ = name == kRanges;
      if (!in_ranges_) table_.sections.push_back({std::string(name), {}});
      return true;
    }
    if (in_ranges_) {
      auto range = range_of(line);
      if (range) table_.ranges.push_back(std::move(*range));
      return range.has_value();
    }
    auto row = row_of(line);
    if (!row || table_.sections.empty()) return false;
    table_.sections.back().rows.push_back(std::move(*row));
    return true;
  }

  OverdriveTable table_;
  std::size_t lines_ = 0;
  bool in_ranges_ = false;
};

}  // namespace

const OverdriveSection* OverdriveTable::section(std::string_view name) const {
  const auto found = std::ranges::find(sections, name, &OverdriveSection::name);
  return found == sections.end() ? nullptr : &*found;
}

const OverdriveRange* OverdriveTable::range(std::string_view name) const {
  const auto found = std::ranges::find(ranges, name, &OverdriveRange::name);
  return found == ranges.end() ? nullptr : &*found;
}

Result<OverdriveTable> parse_overdrive(std::string_view text) { return Parser().parse(text); }

}  // namespace accel::amd
