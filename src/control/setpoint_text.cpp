// Values of settings as people write them.
#include <algorithm>
#include <array>
#include <cmath>

#include "accel/control/setpoint.hpp"
#include "base/number.hpp"
#include "base/spelling.hpp"

namespace accel {
namespace {

/// What may follow a number of that unit, in any case.
struct UnitWord {
  SetpointUnit unit;
  std::string_view word;
};
constexpr UnitWord kUnitWords[] = {
    {SetpointUnit::watts, "w"},         {SetpointUnit::megahertz, "mhz"},
    {SetpointUnit::percent, "%"},       {SetpointUnit::celsius, "c"},
    {SetpointUnit::celsius, "°c"},      {SetpointUnit::rpm, "rpm"},
    {SetpointUnit::milliseconds, "ms"},
};

struct FlagWord {
  std::string_view word;
  bool value;
};
constexpr FlagWord kFlagWords[] = {{"true", true},   {"on", true},   {"yes", true}, {"1", true},
                                   {"false", false}, {"off", false}, {"no", false}, {"0", false}};

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

std::string_view expectation(const SetpointRow& row) {
  switch (row.kind) {
    case SetpointKind::number: return "a number";
    case SetpointKind::span: return "a number, or two as low..high";
    case SetpointKind::flag: return "true or false";
    case SetpointKind::word: return "a word";
    case SetpointKind::curve: return "points as celsius:percent, as in '40:30 85:100'";
  }
  return {};
}

Error not_understood(const SetpointRow& row, std::string_view text) {
  return {Errc::invalid_argument,
          "Invalid value for " + std::string(row.name) + ": '" + std::string(text) + "' is not " +
              std::string(expectation(row)),
          "`accel help set` shows how values are written",
          {}};
}

/// A number with or without the unit of the row behind it.
std::optional<double> parse_number(const SetpointRow& row, std::string_view text) {
  std::string number = lower(text);
  for (const UnitWord& unit : kUnitWords) {
    if (unit.unit != row.unit || !number.ends_with(unit.word)) continue;
    number.resize(number.size() - unit.word.size());
    while (number.ends_with(' ')) number.pop_back();
    break;
  }
  // An explicit plus is how people write an offset.
  std::string_view digits = number;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.size() < number.size() && (digits.starts_with('+') || digits.starts_with('-'))) {
    return std::nullopt;
  }
  const auto value = base::parse_double(digits);
  if (!value) return std::nullopt;
  return *value;
}

std::optional<SetpointValue> parse_span(const SetpointRow& row, std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto number = parse_number(row, text);
    if (!number) return std::nullopt;
    return *number;
  }
  const auto low = parse_number(row, text.substr(0, dots));
  const auto high = parse_number(row, text.substr(dots + 2));
  if (!low || !high || *low > *high) return std::nullopt;
  if (*low == *high) return *low;
  return NumberSpan{*low, *high};
}

std::optional<SetpointValue> parse_value(const SetpointRow& row, std::string_view text) {
  switch (row.kind) {
    case SetpointKind::number: {
      const auto number = parse_number(row, text);
      if (!number) return std::nullopt;
      return *number;
    }
    case SetpointKind::span: return parse_span(row, text);
    case SetpointKind::flag: {
      const auto* const known =
          std::ranges::find(kFlagWords, std::string_view(lower(text)), &FlagWord::word);
      if (known == std::end(kFlagWords)) return std::nullopt;
      return known->value;
    }
    case SetpointKind::word:
      if (text.empty()) return std::nullopt;
      return std::string(text);
    case SetpointKind::curve: {
      auto curve = parse_fan_curve(text);
      if (!curve) return std::nullopt;
      return *std::move(curve);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string to_text(const SetpointValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return base::number_text(*number);
  if (const auto* span = std::get_if<NumberSpan>(&value)) {
    return base::number_text(span->low) + ".." + base::number_text(span->high);
  }
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  std::string text;
  for (const FanCurve::Point& point : std::get<FanCurve>(value).points) {
    if (!text.empty()) text += ' ';
    text += base::number_text(point.celsius) + ":" + base::number_text(point.percent);
  }
  return text;
}

Result<SetpointValue> parse_setpoint_value(const SetpointRow& row, std::string_view text) {
  auto value = parse_value(row, text);
  if (!value) return not_understood(row, text);
  return *std::move(value);
}

}  // namespace accel
