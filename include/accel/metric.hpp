// The metrics as typed constants (metric::temperature) and as rows to walk (metrics()).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accel/units.hpp"

namespace accel {

using Text = std::string;
using TextList = std::vector<std::string>;

/// What a reading can hold once its type is forgotten: base units, shares, switches, words.
using ReadingValue = std::variant<std::int64_t, double, bool, Text, TextList>;

enum class MetricKind { gauge, counter };

/// One row of metrics.inc. All texts live as long as the program.
struct MetricRow {
  std::size_t order;  ///< position in the table
  std::string_view key;
  MetricKind kind;
  std::string_view family;
  std::string_view labels;
  std::string_view instance_label;
  std::string_view help;
  std::string_view unit;    ///< base unit in documents: "watts", "flag", "text", "texts"
  std::string_view symbol;  ///< for people: "W"
  std::int64_t per_shown;   ///< shown = base / per_shown
};

/// A metric whose values are of type T.
template <class T>
struct Metric {
  MetricRow row;
};

namespace detail {

template <class T>
struct UnitOf;
template <class Unit>
struct UnitOf<Quantity<Unit>> : Unit {};
template <>
struct UnitOf<bool> {
  static constexpr std::int64_t per_shown = 1;
  static constexpr std::string_view name = "flag", symbol{};
};
template <>
struct UnitOf<Text> {
  static constexpr std::int64_t per_shown = 1;
  static constexpr std::string_view name = "text", symbol{};
};
template <>
struct UnitOf<TextList> {
  static constexpr std::int64_t per_shown = 1;
  static constexpr std::string_view name = "texts", symbol{};
};

enum class MetricOrder : std::size_t {
#define ACCEL_METRIC(key, type, kind, family, labels, instance, help) key,
#include "accel/metrics.inc"
#undef ACCEL_METRIC
};

}  // namespace detail

namespace metric {

#define ACCEL_METRIC(key, type, kind, family, labels, instance, help)                          \
  inline constexpr Metric<type> key{{static_cast<std::size_t>(detail::MetricOrder::key), #key, \
                                     MetricKind::kind, family, labels, instance, help,         \
                                     detail::UnitOf<type>::name, detail::UnitOf<type>::symbol, \
                                     detail::UnitOf<type>::per_shown}};
#include "accel/metrics.inc"
#undef ACCEL_METRIC

}  // namespace metric

/// Every metric, in the order of the table.
[[nodiscard]] std::span<const MetricRow* const> metrics();

/// The row of that key, or null.
[[nodiscard]] const MetricRow* find_metric(std::string_view key);

}  // namespace accel
