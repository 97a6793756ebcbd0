// The fields of a program on an accelerator: one row each, by which listings choose their columns
// and their order.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "accel/system.hpp"
#include "render/csv.hpp"

namespace accel::render {

/// One program on one device.
struct ProcessRow {
  const DeviceSample* device = nullptr;
  /// Null for a device of which no program is known, though there may be some.
  const AcceleratorProcess* process = nullptr;
};

struct ProcessField {
  std::string_view key;      ///< "memory_bytes"
  std::string_view heading;  ///< "MEMORY"
  Document (*value)(const ProcessRow& row);
  /// For people: with its unit; "-" where there is none, or the status that says why.
  std::string (*text)(const ProcessRow& row);
};

/// All of them, in the order of documents.
[[nodiscard]] std::span<const ProcessField> process_fields();
[[nodiscard]] std::vector<std::string> process_field_names();

/// Those of these names; names that do not exist are passed over.
[[nodiscard]] std::vector<const ProcessField*> process_fields_named(
    std::span<const std::string> names);

/// One row for each program of each device, in the order of the samples.
[[nodiscard]] std::vector<ProcessRow> process_rows(std::span<const DeviceSample> samples);

/// An order of rows: fields, the first of which counts most.
struct ProcessOrder {
  struct Key {
    const ProcessField* field = nullptr;
    bool is_descending = false;
  };
  std::vector<Key> keys;

  /// "-memory_bytes,+pid": ascending but for a field with '-' in front. invalid_argument for a
  /// field that does not exist.
  static Result<ProcessOrder> parse(std::string_view text);
  /// What is equal stays in its order; what is not known comes last, in either direction.
  void sort(std::vector<ProcessRow>& rows) const;
};

[[nodiscard]] Table process_table(std::span<const ProcessField* const> fields,
                                  std::span<const ProcessRow> rows);

}  // namespace accel::render
