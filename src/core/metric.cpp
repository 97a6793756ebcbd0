#include "accel/metric.hpp"

#include <algorithm>
#include <array>

namespace accel {
namespace {

constexpr std::array kRows{
#define ACCEL_METRIC(key, type, kind, family, labels, instance, help) &metric::key.row,
#include "accel/metrics.inc"
#undef ACCEL_METRIC
};

}  // namespace

std::span<const MetricRow* const> metrics() { return kRows; }

const MetricRow* find_metric(std::string_view key) {
  const auto* const found =
      std::ranges::find_if(kRows, [&](const MetricRow* row) { return row->key == key; });
  return found == kRows.end() ? nullptr : *found;
}

}  // namespace accel
