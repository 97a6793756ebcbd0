#include "backends/plugin/reading.hpp"

#include <array>
#include <cmath>
#include <string>

#include "backends/plugin/library.hpp"

namespace accel::plugin {
namespace {

Error wrong_kind(const accel_plugin_reading& given, std::string_view wanted) {
  return {Errc::malformed,
          text_of(given.key) + ": the plug-in gave a value of kind " + std::to_string(given.kind) +
              " instead of " + std::string(wanted),
          "",
          {}};
}

template <class T>
Result<T> value_of(const accel_plugin_reading& given) {
  if constexpr (std::is_same_v<T, bool>) {
    if (given.kind != ACCEL_PLUGIN_FLAG || given.integer < 0 || given.integer > 1) {
      return wrong_kind(given, "a flag, 0 or 1");
    }
    return given.integer == 1;
  } else if constexpr (std::is_same_v<T, Text>) {
    if (given.kind != ACCEL_PLUGIN_TEXT || given.text_count != 1 || given.texts == nullptr) {
      return wrong_kind(given, "one text");
    }
    return text_of(given.texts[0]);
  } else if constexpr (std::is_same_v<T, TextList>) {
    if (given.kind != ACCEL_PLUGIN_TEXTS || (given.text_count > 0 && given.texts == nullptr)) {
      return wrong_kind(given, "texts");
    }
    TextList list;
    for (std::uint32_t i = 0; i < given.text_count; ++i) list.push_back(text_of(given.texts[i]));
    return list;
  } else if constexpr (std::is_same_v<T, Ratio>) {
    if (given.kind != ACCEL_PLUGIN_RATIO || !std::isfinite(given.ratio)) {
      return wrong_kind(given, "a finite ratio");
    }
    return Ratio{given.ratio};
  } else {
    if (given.kind != ACCEL_PLUGIN_INTEGER) return wrong_kind(given, "an integer");
    return T{given.integer};
  }
}

template <class T>
void file_as(const Metric<T>& metric, const accel_plugin_reading& given, SteadyTime now,
             ReadingSet& out) {
  const ReadingStatus status = reading_status(given.status);
  const std::string source = text_of(given.source);
  const int instance = given.instance < 0 ? kOnly : given.instance;
  if (status != ReadingStatus::ok && status != ReadingStatus::stale) {
    const Absence why{status, text_of(given.reason), text_of(given.remedy)};
    out.set(metric, Reading<T>{why, source, now}, instance);
    return;
  }
  Reading<T> reading{value_of<T>(given), source, now};
  if (status == ReadingStatus::stale) reading.mark_stale(text_of(given.reason));
  out.set(metric, std::move(reading), instance);
}

using Filer = void (*)(const accel_plugin_reading& given, SteadyTime now, ReadingSet& out);

/// One a metric, in the order of the table.
constexpr std::array kFilers{
#define ACCEL_METRIC(key, type, kind, family, labels, instance, help)            \
  Filer{[](const accel_plugin_reading& given, SteadyTime now, ReadingSet& out) { \
    file_as(metric::key, given, now, out);                                       \
  }},
#include "accel/metrics.inc"
#undef ACCEL_METRIC
};

}  // namespace

ReadingStatus reading_status(accel_plugin_status status) {
  const bool is_one = status >= ACCEL_PLUGIN_OK && status <= ACCEL_PLUGIN_PENDING;
  return is_one ? static_cast<ReadingStatus>(status) : ReadingStatus::error;
}

bool file_reading(const accel_plugin_reading& given, SteadyTime now, ReadingSet& out) {
  const MetricRow* metric = find_metric(text_of(given.key));
  if (metric == nullptr) return false;
  kFilers.at(metric->order)(given, now, out);
  return true;
}

}  // namespace accel::plugin
