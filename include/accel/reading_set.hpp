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
    put(metric.row, instance, erase(std::move(reading)));
  }

  /// The reading of that metric; unsupported where nothing was stored.
  template <class T>
  [[nodiscard]] Reading<T> get(const Metric<T>& metric, int instance = kOnly) const {
    const Entry* entry = find(metric.row, instance);
    return entry == nullptr ? Reading<T>{} : restore<T>(entry->reading);
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
  static Reading<ReadingValue> erase(Reading<T> typed) {
    if (!typed) return {typed.absence(), typed.source(), typed.time()};
    Reading<ReadingValue> untyped{base_value(*typed), typed.source(), typed.time()};
    if (typed.status() == ReadingStatus::stale) untyped.mark_stale(typed.reason());
    return untyped;
  }
  template <class T>
  static Reading<T> restore(const Reading<ReadingValue>& untyped) {
    if (!untyped) return {untyped.absence(), untyped.source(), untyped.time()};
    Reading<T> typed{typed_value<T>(*untyped), untyped.source(), untyped.time()};
    if (untyped.status() == ReadingStatus::stale) typed.mark_stale(untyped.reason());
    return typed;
  }
  template <class T>
  static ReadingValue base_value(const T& value) {
    if constexpr (is_quantity<T>) {
      return value.value;
    } else {
      return value;
    }
  }
  template <class T>
  static T typed_value(const ReadingValue& value) {
    if constexpr (is_quantity<T>) {
      return T{std::get<typename T::Rep>(value)};
    } else {
      return std::get<T>(value);
    }
  }

  void put(const MetricRow& metric, int instance, Reading<ReadingValue> reading);

  std::vector<Entry> entries_;
};

}  // namespace accel
