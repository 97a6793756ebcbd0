// One round of readings of one GPU: asks its files and its metrics table, judges, and files each
// reading under its metric.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "accel/reading_set.hpp"
#include "backends/amd/card.hpp"
#include "backends/amd/gpu_metrics.hpp"
#include "backends/amd/scale.hpp"

namespace accel::amd {

class Sampling {
 public:
  /// Reads the metrics table and looks for the sensors. `card` and `out` must outlive it.
  Sampling(const Card& card, ReadingSet& out);

  [[nodiscard]] const Card& card() const { return card_; }
  [[nodiscard]] const base::Dir& device() const { return card_.device(); }
  [[nodiscard]] const Result<MetricsTable>& table() const { return table_; }
  [[nodiscard]] const std::optional<base::Dir>& sensors() const { return sensors_; }
  [[nodiscard]] const ReadingSet& out() const { return out_; }

  template <class T>
  void set(const Metric<T>& metric, Reading<T> reading, int instance = kOnly) {
    out_.set(metric, std::move(reading), instance);
  }

  /// A result of ours with its origin.
  template <class T>
  [[nodiscard]] Reading<T> reading(Result<T> result, std::string source) const {
    return {std::move(result), std::move(source), now_};
  }
  /// A file of the device with one number.
  template <class T>
  [[nodiscard]] Reading<T> file(std::string_view name, const Scale<T>& scale) const {
    return number(device(), name, scale);
  }
  template <class T>
  [[nodiscard]] Reading<T> number(const base::Dir& dir, std::string_view name,
                                  const Scale<T>& scale) const {
    const std::string source = dir.source(name);
    const auto raw = integer(dir, name);
    if (!raw) return reading<T>(raw.error(), source);
    return reading<T>(judged(scale, *raw, source), source);
  }
  /// A file of the sensors.
  template <class T>
  [[nodiscard]] Reading<T> sensor(std::string_view name, const Scale<T>& scale) const {
    if (!sensors_) return reading<T>(no_sensors(), device().source("hwmon"));
    return number(*sensors_, name, scale);
  }
  /// A number of the metrics table.
  template <class T>
  [[nodiscard]] Reading<T> field(MetricsField field, const Scale<T>& scale,
                                 std::size_t index = 0) const {
    if (!table_) return reading<T>(table_.error(), device().source("gpu_metrics"));
    const std::string source = table_->source() + " " + std::string(to_string(field));
    const auto raw = table_->at(field, index);
    if (!raw) return reading<T>(raw.error(), source);
    return reading<T>(judged(scale, static_cast<std::int64_t>(*raw), source), source);
  }
  /// The first of the fields that the table's revision has.
  template <class T>
  [[nodiscard]] Reading<T> field(std::initializer_list<MetricsField> fields,
                                 const Scale<T>& scale) const {
    for (const MetricsField one : fields) {
      if (table_ && table_->count(one) > 0) return field(one, scale);
    }
    return field(*fields.begin(), scale);
  }

  /// `unsupported` where the file holds nothing: so the driver says that it lacks a feature.
  [[nodiscard]] static Result<std::int64_t> integer(const base::Dir& dir, std::string_view name);
  /// The same for a text.
  [[nodiscard]] static Result<std::string> text(const base::Dir& dir, std::string_view name);
  /// The same for a text of rows; `malformed` where the last has been cut.
  [[nodiscard]] static Result<std::string> rows(const base::Dir& dir, std::string_view name);

  /// The table is one of a processor with graphics (revisions 2 and 3).
  [[nodiscard]] bool is_apu_table() const { return table_ && table_->format() >= 2; }

 private:
  [[nodiscard]] Error no_sensors() const;

  const Card& card_;
  ReadingSet& out_;
  SteadyTime now_;
  std::optional<base::Dir> sensors_;
  Result<MetricsTable> table_;
};

/// The first that has a value; else the first that has more to say than that it is not there.
template <class T>
[[nodiscard]] Reading<T> first_of(std::initializer_list<Reading<T>> readings) {
  for (const Reading<T>& reading : readings) {
    if (reading) return reading;
  }
  for (const Reading<T>& reading : readings) {
    if (reading.status() != ReadingStatus::unsupported) return reading;
  }
  return *readings.begin();
}

}  // namespace accel::amd
