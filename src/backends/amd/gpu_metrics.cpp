#include "backends/amd/gpu_metrics.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace accel::amd {
namespace {

constexpr std::size_t kHeader = 4;  // struct metrics_table_header

constexpr std::array kNames{
#define ACCEL_FIELD(name) std::string_view(#name),
#include "backends/amd/gpu_metrics_fields.inc"
#undef ACCEL_FIELD
};

/// A little-endian number of 1, 2, 4 or 8 bytes; values are not aligned.
std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  }
  return value;
}

constexpr std::uint64_t all_ones(std::size_t width) {
  return width >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * width)) - 1;
}

bool is_all_ones(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char byte) { return byte == '\xFF'; });
}

Error lost(const std::string& source) {
  return {Errc::device_lost,
          source + ": every bit is set: the GPU is gone",
          "check power and seating of the card, then reset the GPU or reboot",
          {}};
}

Error malformed(const std::string& source, const std::string& why) {
  return {Errc::malformed, source + ": " + why, "", {}};
}

struct Header {
  std::size_t size;
  int format;
  int content;

  [[nodiscard]] std::string revision() const {
    return "v" + std::to_string(format) + "." + std::to_string(content);
  }
};

Result<Header> header_of(std::string_view bytes, const std::string& source) {
  if (!bytes.empty() && is_all_ones(bytes.substr(0, kHeader))) return lost(source);
  if (bytes.size() < kHeader) {
    return malformed(source, std::to_string(bytes.size()) + " bytes are no table");
  }
  return Header{number_at(bytes, 0, 2), static_cast<int>(number_at(bytes, 2, 1)),
                static_cast<int>(number_at(bytes, 3, 1))};
}

// The table of revision 1.9 (and of a partition, 1.1) is a list: a count, then entries of a code
// and its values, without padding. Fields of the code: kgd_pp_interface.h,
// AMDGPU_METRICS_ATTR_*_SHIFT and _MASK.
constexpr std::size_t kAttributesAt = 8;
constexpr std::array<std::uint8_t, 8> kTypeWidths{1, 1, 2, 2, 4, 4, 8, 8};

/// enum amdgpu_metrics_attr_id, from 0 on; the first 52 are a GPU's.
constexpr std::array kAttributeFields{
    MetricsField::temperature_hotspot,
    MetricsField::temperature_mem,
    MetricsField::temperature_vrsoc,
    MetricsField::curr_socket_power,
    MetricsField::average_gfx_activity,
    MetricsField::average_umc_activity,
    MetricsField::mem_max_bandwidth,
    MetricsField::energy_accumulator,
    MetricsField::system_clock_counter,
    MetricsField::accumulation_counter,
    MetricsField::prochot_residency_acc,
    MetricsField::ppt_residency_acc,
    MetricsField::socket_thm_residency_acc,
    MetricsField::vr_thm_residency_acc,
    MetricsField::hbm_thm_residency_acc,
    MetricsField::gfxclk_lock_status,
    MetricsField::pcie_link_width,
    MetricsField::pcie_link_speed,
    MetricsField::xgmi_link_width,
    MetricsField::xgmi_link_speed,
    MetricsField::gfx_activity_acc,
    MetricsField::mem_activity_acc,
    MetricsField::pcie_bandwidth_acc,
    MetricsField::pcie_bandwidth_inst,
    MetricsField::pcie_l0_to_recov_count_acc,
    MetricsField::pcie_replay_count_acc,
    MetricsField::pcie_replay_rover_count_acc,
    MetricsField::pcie_nak_sent_count_acc,
    MetricsField::pcie_nak_rcvd_count_acc,
    MetricsField::xgmi_read_data_acc,
    MetricsField::xgmi_write_data_acc,
    MetricsField::xgmi_link_status,
    MetricsField::firmware_timestamp,
    MetricsField::current_gfxclk,
    MetricsField::current_socclk,
    MetricsField::current_vclk0,
    MetricsField::current_dclk0,
    MetricsField::current_uclk,
    MetricsField::num_partition,
    MetricsField::pcie_lc_perf_other_end_recovery,
    MetricsField::gfx_busy_inst,
    MetricsField::jpeg_busy,
    MetricsField::vcn_busy,
    MetricsField::gfx_busy_acc,
    MetricsField::gfx_below_host_limit_ppt_acc,
    MetricsField::gfx_below_host_limit_thm_acc,
    MetricsField::gfx_low_utilization_acc,
    MetricsField::gfx_below_host_limit_total_acc,
    MetricsField::temperature_hbm,
    MetricsField::temperature_mid,
    MetricsField::temperature_aid,
    MetricsField::temperature_xcd,
};

struct Attribute {
  std::size_t id, type, count;
};

constexpr Attribute decoded(std::uint64_t code) {
  return {(code >> 10) & 0x3FF, (code >> 20) & 0xF, code & 0x3FF};
}

}  // namespace

std::string_view to_string(MetricsField field) {
  return kNames.at(static_cast<std::size_t>(field));
}

Result<std::uint64_t> MetricsTable::at(MetricsField field, std::size_t index) const {
  const Slot& where = slot(field);
  std::string what = source_ + ": " + std::string(to_string(field));
  if (index > 0) what += "[" + std::to_string(index) + "]";
  if (index >= where.count) {
    return Error{Errc::operation_not_supported, what + " is not in this revision", "", {}};
  }
  const Number& number = numbers_[where.first + index];
  switch (number.kind) {
    case Kind::number: return number.value;
    case Kind::unfilled:
      return Error{
          Errc::operation_not_supported, what + " has every bit set: not supported", "", {}};
    case Kind::cut: break;
  }
  return Error{Errc::malformed, what + " lies behind the end of the file", "", {}};
}

/// Fills a table from bytes, never reading past them.
class MetricsReader {
 public:
  MetricsReader(std::string_view bytes, std::string source, const Header& header) : bytes_(bytes) {
    table_.format_ = header.format;
    table_.content_ = header.content;
    table_.source_ = std::move(source) + " " + header.revision();
  }

  void read(const MetricsLayout& layout) {
    read_rows(layout.rows, 0, layout.size);
    for (std::size_t k = 0; layout.partition_size > 0 && k < kMostPartitions; ++k) {
      MetricsReader block(bytes_, table_.source_, {0, table_.format_, table_.content_});
      block.table_.source_ = table_.source_ + " partition " + std::to_string(k);
      const std::size_t from = layout.partitions_at + k * layout.partition_size;
      block.read_rows(layout.partition_rows, from, layout.partition_size);
      table_.partitions_.push_back(std::move(block.table_));
    }
  }

  Result<void> read_attributes() {
    if (bytes_.size() < kAttributesAt) return malformed(table_.source_, "no list of attributes");
    std::size_t at = kAttributesAt;
    for (std::uint64_t left = number_at(bytes_, kHeader, 4); left > 0; --left) {
      if (bytes_.size() - at < sizeof(std::uint64_t)) break;
      const Attribute attribute = decoded(number_at(bytes_, at, sizeof(std::uint64_t)));
      at += sizeof(std::uint64_t);
      if (attribute.type >= kTypeWidths.size()) {
        return malformed(table_.source_, "an attribute of unknown type at byte " +
                                             std::to_string(at - sizeof(std::uint64_t)));
      }
      const std::size_t width = kTypeWidths.at(attribute.type);
      if (attribute.id < kAttributeFields.size()) {
        add(kAttributeFields.at(attribute.id), at, width, attribute.count);
      }
      at += width * attribute.count;
      if (at > bytes_.size()) break;
    }
    return {};
  }

  /// The table, or that nothing in it is a number.
  Result<MetricsTable> finish() && {
    const auto is_number = [](const auto& number) {
      return number.kind == MetricsTable::Kind::number;
    };
    if (!table_.numbers_.empty() && std::ranges::none_of(table_.numbers_, is_number)) {
      return lost(table_.source_);
    }
    return std::move(table_);
  }

 private:
  void read_rows(std::span<const MetricsRow> rows, std::size_t base, std::size_t size) {
    for (const MetricsRow& row : rows) {
      if (row.offset < size) add(row.field, base + row.offset, row.width, row.count);
    }
  }

  /// The first of a field counts: lists could name one twice.
  void add(MetricsField field, std::size_t at, std::size_t width, std::size_t count) {
    MetricsTable::Slot& slot = table_.slots_.at(static_cast<std::size_t>(field));
    if (slot.count > 0) return;
    slot.first = static_cast<std::uint32_t>(table_.numbers_.size());
    slot.count = static_cast<std::uint32_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
      MetricsTable::Number number;
      const std::size_t from = at + i * width;
      if (from + width > bytes_.size()) {
        number.kind = MetricsTable::Kind::cut;
      } else {
        number.value = number_at(bytes_, from, width);
        if (number.value == all_ones(width)) number.kind = MetricsTable::Kind::unfilled;
      }
      table_.numbers_.push_back(number);
    }
  }

  std::string_view bytes_;
  MetricsTable table_;
};

namespace {

Result<MetricsTable> read_layout(std::string_view bytes, std::string source, const Header& header,
                                 const MetricsLayout& layout) {
  // Layouts of one revision that differ in size went round before release: better none than wrong.
  if (header.size != layout.size) {
    return malformed(source, "says " + std::to_string(header.size) + " bytes; " +
                                 header.revision() + " has " + std::to_string(layout.size));
  }
  MetricsReader reader(bytes.substr(0, header.size), std::move(source), header);
  reader.read(layout);
  return std::move(reader).finish();
}

Result<MetricsTable> read_list(std::string_view bytes, std::string source, const Header& header) {
  MetricsReader reader(bytes, std::move(source), header);
  if (auto done = reader.read_attributes(); !done) return std::move(done).error();
  return std::move(reader).finish();
}

Error unknown(const std::string& source, const Header& header) {
  return {Errc::operation_not_supported,
          source + ": revision " + header.revision() + " is not known",
          "",
          {}};
}

}  // namespace

Result<MetricsTable> parse_gpu_metrics(std::string_view bytes, std::string source) {
  const auto header = header_of(bytes, source);
  if (!header) return header.error();
  if (header->format == 1 && header->content == 9) {
    return read_list(bytes, std::move(source), *header);
  }
  for (const auto layouts : {discrete_layouts(), apu_layouts()}) {
    for (const MetricsLayout& layout : layouts) {
      if (layout.format != header->format || layout.content != header->content) continue;
      return read_layout(bytes, std::move(source), *header, layout);
    }
  }
  return unknown(source, *header);
}

Result<MetricsTable> parse_partition_metrics(std::string_view bytes, std::string source) {
  const auto header = header_of(bytes, source);
  if (!header) return header.error();
  if (header->format == 1 && header->content == 1) {
    return read_list(bytes, std::move(source), *header);
  }
  if (header->format != 1 || header->content != 0) return unknown(source, *header);
  return read_layout(bytes, std::move(source), *header, partition_layout());
}

}  // namespace accel::amd
