// Where each field of each revision of the gpu_metrics table is. It decodes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace accel::amd {

enum class MetricsField : std::uint8_t {
#define ACCEL_FIELD(name) name,
#include "backends/amd/gpu_metrics_fields.inc"
#undef ACCEL_FIELD
};

inline constexpr std::size_t kMetricsFields =
    std::initializer_list<MetricsField>{
#define ACCEL_FIELD(name) MetricsField::name,
#include "backends/amd/gpu_metrics_fields.inc"
#undef ACCEL_FIELD
    }
        .size();

/// The kernel's name of the field.
[[nodiscard]] std::string_view to_string(MetricsField field);

/// `count` unsigned numbers of `width` bytes, from byte `offset` on.
struct MetricsRow {
  MetricsField field;
  std::uint16_t offset;
  std::uint8_t width;
  std::uint8_t count;
};

/// One revision. Rows beyond `size` belong to later revisions of the same family.
struct MetricsLayout {
  std::uint8_t format;
  std::uint8_t content;
  std::uint16_t size;
  std::span<const MetricsRow> rows;
  /// Blocks of partitions: 8 of them, `partition_size` bytes each, from byte `partitions_at` on.
  std::uint16_t partitions_at = 0;
  std::uint16_t partition_size = 0;
  std::span<const MetricsRow> partition_rows = {};
};

inline constexpr std::size_t kMostPartitions = 8;  // NUM_XCP in kgd_pp_interface.h

/// Revisions 1.0 to 1.8 (discrete GPUs) and 2.0 to 3.0 (APUs).
[[nodiscard]] std::span<const MetricsLayout> discrete_layouts();
[[nodiscard]] std::span<const MetricsLayout> apu_layouts();
/// The table of one partition, revision 1.0 (file xcp_metrics).
[[nodiscard]] const MetricsLayout& partition_layout();

}  // namespace accel::amd
