// The gpu_metrics table of amdgpu, decoded: every number that the firmware gives in one read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"
#include "backends/amd/gpu_metrics_layout.hpp"

namespace accel::amd {

class MetricsTable {
 public:
  /// The number, or why there is none: the revision lacks the field, the firmware does not fill it
  /// (all bits set), or the table ended before it.
  [[nodiscard]] Result<std::uint64_t> at(MetricsField field, std::size_t index = 0) const;
  /// How many numbers of that field the revision has.
  [[nodiscard]] std::size_t count(MetricsField field) const { return slot(field).count; }

  [[nodiscard]] int format() const { return format_; }
  [[nodiscard]] int content() const { return content_; }
  /// "…/gpu_metrics v1.3".
  [[nodiscard]] const std::string& source() const { return source_; }
  /// Of partition k, where the revision has blocks of partitions; else empty.
  [[nodiscard]] const std::vector<MetricsTable>& partitions() const { return partitions_; }

 private:
  friend class MetricsReader;

  struct Slot {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  enum class Kind : std::uint8_t { number, unfilled, cut };
  struct Number {
    std::uint64_t value = 0;
    Kind kind = Kind::number;
  };
  [[nodiscard]] const Slot& slot(MetricsField field) const {
    return slots_.at(static_cast<std::size_t>(field));
  }

  int format_ = 0;
  int content_ = 0;
  std::string source_;
  std::array<Slot, kMetricsFields> slots_{};
  std::vector<Number> numbers_;
  std::vector<MetricsTable> partitions_;
};

/// `bytes` is the whole file. device_lost when nothing but set bits came, operation_not_supported
/// for a revision that is not known, malformed for what is no table.
[[nodiscard]] Result<MetricsTable> parse_gpu_metrics(std::string_view bytes, std::string source);

/// The same for the table of one partition.
[[nodiscard]] Result<MetricsTable> parse_partition_metrics(std::string_view bytes,
                                                           std::string source);

}  // namespace accel::amd
