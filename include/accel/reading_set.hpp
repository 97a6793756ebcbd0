// The readings of one device at one moment, each under its metric.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accel/metric.hpp"
#include "accel/reading.hpp"

namespace accel {

/// Instance of a metric of which the device has one.
inline constexpr int kOnly = -1;

class ReadingSet {
 public:
  struct Entry {
    const MetricRow* metric = nullptr;
    int instance = kOnly;  ///< fan, link, ... number; kOnly where there is one
    Reading<ReadingValue> reading;
  };

  /// Stores a reading, replacing an earlier one of the same metric and instance.
  template <class T>
  void set(const Metric<T>& metric, Reading<T> reading, int instance = kOnly) {
    put(metric.row, instance, std::move(reading).template converted<ReadingValue>(base_value<T>));
  }

  /// Stores a reading of another set.
  void set(const Entry& entry) { put(*entry.metric, entry.instance, Reading(entry.reading)); }

  /// The reading of that metric; unsupported where nothing was stored.
  template <class T>
  [[nodiscard]] Reading<T> get(const Metric<T>& metric, int instance = kOnly) const {
    const Entry* entry = find(metric.row, instance);
    if (entry == nullptr) return {};
    return Reading<ReadingValue>(entry->reading).converted<T>(typed_value<T>);
  }

  /// Whether the source has spoken about this metric at all, with a value or with a reason.
  [[nodiscard]] bool contains(const MetricRow& metric, int instance = kOnly) const {
    return find(metric, instance) != nullptr;
  }
  /// Null where nothing was stored. Valid until the next set().
  [[nodiscard]] const Entry* find(const MetricRow& metric, int instance = kOnly) const;

  /// In the order of the metric table, then by instance.
  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }

  /// "fan_speed.0", or the metric's key where there is one.
  [[nodiscard]] static std::string name(const Entry& entry);

  /// Gives every reading that holds a value the status stale, with that reason.
  void mark_stale(const std::string& reason);

 private:
  template <class T>
  static ReadingValue base_value(T value) {
    if constexpr (is_quantity<T>) {
      return value.value;
    } else {
      return value;
    }
  }
  template <class T>
  static T typed_value(ReadingValue value) {
    if constexpr (is_quantity<T>) {
      return T{std::get<typename T::Rep>(value)};
    } else {
      return std::get<T>(std::move(value));
    }
  }

  void put(const MetricRow& metric, int instance, Reading<ReadingValue>&& reading);

  std::vector<Entry> entries_;
};

}  // namespace accel
