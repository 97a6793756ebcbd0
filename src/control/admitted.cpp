// Which values a device takes for a setting, and what becomes of one between two steps.
#include <algorithm>
#include <cmath>

#include "accel/control/setpoint.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

std::string allowed_text(const SetpointRow& row, const SetpointRange& range) {
  const auto number = [](const std::optional<double>& end) {
    return end ? base::number_text(*end) : std::string();
  };
  if (range.min || range.max) return number(range.min) + ".." + number(range.max);
  if (!range.steps.empty()) return number(range.steps.front()) + ".." + number(range.steps.back());
  if (row.kind == SetpointKind::word) {
    std::string words;
    for (const std::string& word : range.words) words += (words.empty() ? "" : ", ") + word;
    return words;
  }
  switch (row.kind) {
    case SetpointKind::flag: return "true, false";
    case SetpointKind::curve: return "points of temperature and speed";
    default: return "a number";
  }
}

Error refused(const SetpointRow& row, const SetpointValue& value, const SetpointRange& range) {
  return {Errc::invalid_argument,
          "Invalid value for " + std::string(row.name) + ": " + to_text(value) + " (allowed " +
              allowed_text(row, range) + ")",
          "give a value that the device takes",
          {}};
}

/// Whether the device's own limits let a number pass; a limit that is unknown lets everything.
bool lies_within(const SetpointRange& range, double number) {
  if (range.min && number < *range.min) return false;
  if (range.max && number > *range.max) return false;
  if (range.steps.empty()) return true;
  return number >= range.steps.front() && number <= range.steps.back();
}

/// Numbers that mean nothing whatever the device says.
bool is_sensible(const SetpointRow& row, double number) {
  if (!std::isfinite(number)) return false;
  if (row.unit == SetpointUnit::watts) return number > 0;
  if (row.unit == SetpointUnit::percent) return number >= 0 && number <= 100;
  return true;
}

/// The highest step that is not above the number, which lies within them.
double lowered(const SetpointRange& range, double number) {
  if (range.steps.empty()) return number;
  const auto above = std::ranges::upper_bound(range.steps, number);
  return above == range.steps.begin() ? range.steps.front() : *(above - 1);
}

bool is_of_kind(const SetpointRow& row, const SetpointValue& value) {
  switch (row.kind) {
    case SetpointKind::number: return std::holds_alternative<double>(value);
    case SetpointKind::span:
      return std::holds_alternative<double>(value) || std::holds_alternative<NumberSpan>(value);
    case SetpointKind::flag: return std::holds_alternative<bool>(value);
    case SetpointKind::word: return std::holds_alternative<std::string>(value);
    case SetpointKind::curve: return std::holds_alternative<FanCurve>(value);
  }
  return false;
}

}  // namespace

Result<SetpointValue> admitted(const SetpointRow& row, const SetpointValue& value,
                               const SetpointRange& range) {
  if (!is_of_kind(row, value)) return refused(row, value, range);
  const auto fits = [&](double number) {
    return is_sensible(row, number) && lies_within(range, number);
  };
  if (const auto* number = std::get_if<double>(&value)) {
    if (!fits(*number)) return refused(row, value, range);
    return SetpointValue(lowered(range, *number));
  }
  if (const auto* span = std::get_if<NumberSpan>(&value)) {
    if (span->low > span->high || !fits(span->low) || !fits(span->high)) {
      return refused(row, value, range);
    }
    return SetpointValue(NumberSpan{lowered(range, span->low), lowered(range, span->high)});
  }
  if (const auto* word = std::get_if<std::string>(&value)) {
    const bool is_known =
        range.words.empty() || std::ranges::find(range.words, *word) != range.words.end();
    if (!is_known) return refused(row, value, range);
  }
  if (const auto* curve = std::get_if<FanCurve>(&value)) {
    if (auto safe = check_fan_curve(*curve, {range.min.value_or(0), range.max.value_or(100), {}});
        !safe) {
      return safe.error();
    }
  }
  return value;
}

}  // namespace accel
