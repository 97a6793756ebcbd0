// What a user asks to see of each device: a list of fields, and the table they make.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "accel/system.hpp"
#include "render/csv.hpp"

namespace accel::render {

/// One field of a device: one of accelerator_fields() ("extra_info.NAME" included) or a metric.
struct QueryField {
  std::string name;                   ///< as it heads the column
  const MetricRow* metric = nullptr;  ///< null: a field of the accelerator itself
  int instance = kOnly;
};

class Query {
 public:
  /// "name,temperature,fan_speed.0". `name` is understood as `model`. A field that does not exist
  /// is invalid_argument, with the nearest names as remedy.
  static Result<Query> parse(std::string_view text);
  /// Every field of an accelerator, and no metric.
  static Query identity();
  /// What tells devices apart, and every metric that one of them speaks about.
  static Query everything(std::span<const DeviceSample> samples);

  [[nodiscard]] bool needs_readings() const;
  /// Whether a reading asked for is a rate that needs a second sample.
  [[nodiscard]] bool is_pending_in(std::span<const DeviceSample> samples) const;
  /// Whether some device speaks about every metric asked for.
  [[nodiscard]] bool is_answered_by(std::span<const DeviceSample> samples) const;

  /// Whether it asks for a use of a device that the device does not tell, and that its programs
  /// together may.
  [[nodiscard]] bool is_left_to_programs(std::span<const DeviceSample> samples) const;

  /// A row for each device. A metric of which devices have several, asked for without a number,
  /// becomes a column for each.
  [[nodiscard]] Table table(std::span<const DeviceSample> samples) const;
  /// The same for people: with units, and with why a reading is missing.
  [[nodiscard]] std::vector<std::vector<std::string>> texts(
      std::span<const DeviceSample> samples) const;
  [[nodiscard]] std::vector<std::string> heading(std::span<const DeviceSample> samples) const;

  /// Every name that parse() understands, for help and completion.
  [[nodiscard]] static std::vector<std::string> known_fields();

 private:
  [[nodiscard]] std::vector<QueryField> expanded(std::span<const DeviceSample> samples) const;

  std::vector<QueryField> fields_;
};

}  // namespace accel::render
