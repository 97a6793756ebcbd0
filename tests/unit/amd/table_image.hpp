// A metrics table as bytes, built field by field from our layouts.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "backends/amd/gpu_metrics_layout.hpp"

namespace accel::amd::testing {

class TableImage {
 public:
  /// All fields unfilled, as the driver leaves those that the firmware does not give.
  TableImage(int format, int content) : layout_(find(format, content)) {
    bytes_.assign(layout_.size, '\xFF');
    put(0, layout_.size, 2);
    put(2, layout_.format, 1);
    put(3, layout_.content, 1);
  }

  TableImage& set(MetricsField field, std::uint64_t value, std::size_t index = 0) {
    for (const MetricsRow& row : layout_.rows) {
      if (row.field != field) continue;
      put(row.offset + index * row.width, value, row.width);
      return *this;
    }
    throw std::logic_error("no such field in this revision");
  }
  /// A field of the block of partition k.
  TableImage& set_in(std::size_t k, MetricsField field, std::uint64_t value, std::size_t index) {
    for (const MetricsRow& row : layout_.partition_rows) {
      if (row.field != field) continue;
      put(layout_.partitions_at + k * layout_.partition_size + row.offset + index * row.width,
          value, row.width);
      return *this;
    }
    throw std::logic_error("no such field in a block");
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  static const MetricsLayout& find(int format, int content) {
    for (const auto layouts : {discrete_layouts(), apu_layouts()}) {
      for (const MetricsLayout& layout : layouts) {
        if (layout.format == format && layout.content == content) return layout;
      }
    }
    throw std::logic_error("no such revision");
  }
  void put(std::size_t at, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
      bytes_.at(at + i) = static_cast<char>(value >> (8 * i));
    }
  }

  const MetricsLayout& layout_;
  std::string bytes_;
};

}  // namespace accel::amd::testing
