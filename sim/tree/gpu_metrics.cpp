// The binary table gpu_metrics, in three of its revisions. Offsets and units:
// drivers/gpu/drm/amd/include/kgd_pp_interface.h (Linux 7.3; the same in 6.12). What the firmware
// of a product does not tell stays as the driver leaves it: all bits set.

#include <array>
#include <cstring>
#include <span>

#include "../model/physics.hpp"
#include "amdgpu_rows.hpp"
#include "cards.hpp"

namespace accel::sim {
namespace {

struct Field {
  std::uint16_t offset;
  std::uint8_t width;  ///< bytes of one value
  std::uint8_t count;  ///< of equal values one after the other
  std::int64_t (*value)(const CardView& view);
};

std::int64_t percent(double share) { return whole(share * 100); }
std::int64_t centidegrees(double celsius) { return whole(celsius * 100); }

/// 2^-16 J, the unit of revisions 1.4 and later.
std::int64_t energy_steps(const CardView& v) { return whole(v.gpu.totals.energy_mj * 65.536); }

/// The firmware counts in steps of a millisecond.
std::int64_t milliseconds(std::int64_t ns) { return ns / 1'000'000; }

std::int64_t ten_nanoseconds(const CardView& v) { return v.elapsed() / 10; }

/// Tenths of a gigatransfer a second, per PCI Express generation.
std::int64_t link_tenths(const CardView& v) {
  constexpr std::int64_t kTenths[] = {0, 25, 50, 80, 160, 320, 640};
  return kTenths[v.board.pcie_generation < 7 ? v.board.pcie_generation : 0];
}

std::int64_t junction(const CardView& v) { return whole(v.gpu.temperature + 6 + 10 * v.gpu.load); }

/// Bits of limiters that take part (enum smu throttlers: 0 PPT0, 36 TEMP_HOTSPOT).
std::int64_t limiters(const CardView& v) {
  std::int64_t bits = 0;
  if ((v.gpu.reasons & kReasonPowerCap) != 0) bits |= 1;
  if ((v.gpu.reasons & (kReasonSoftwareThermal | kReasonHardwareThermal)) != 0) {
    bits |= std::int64_t{1} << 36;
  }
  return bits;
}

/// The neural processor on the same chip, which this table tells of; null where there is none.
const Card* neural_processor(const CardView& v) {
  for (const Card& card : cards_of(v.node)) {
    if (product_of(v.node, card).driver == Driver::amdxdna) return &card;
  }
  return nullptr;
}

std::int64_t npu_busy(const CardView& v) {
  const Card* npu = neural_processor(v);
  return npu == nullptr ? std::int64_t{0} : percent(npu->gpu.load);
}
std::int64_t npu_milliwatts(const CardView& v) {
  const Card* npu = neural_processor(v);
  return npu == nullptr ? std::int64_t{0} : whole(npu->gpu.power_average_mw);
}
std::int64_t npu_mhz(const CardView& v) {
  const Card* npu = neural_processor(v);
  return npu == nullptr || npu->gpu.load <= 0 ? std::int64_t{0}
                                              : std::int64_t{npu->gpu.graphics_mhz};
}

/// KB over one of seven xGMI links each way.
std::int64_t xgmi_kilobytes(const CardView& v) { return whole(v.gpu.totals.busy * 12e6); }

// clang-format off
constexpr std::array kRevision13{
    Field{4, 2, 1, [](const CardView& v) { return whole(v.gpu.temperature); }},
    Field{6, 2, 1, junction},
    Field{8, 2, 1, [](const CardView& v) { return whole(v.gpu.memory_temperature); }},
    Field{10, 2, 1, [](const CardView& v) { return whole(v.gpu.temperature + 4); }},
    Field{12, 2, 1, [](const CardView& v) { return whole(v.gpu.temperature + 1); }},
    Field{14, 2, 1, [](const CardView& v) { return whole(v.gpu.memory_temperature - 2); }},
    Field{16, 2, 1, [](const CardView& v) { return percent(v.gpu.load); }},
    Field{18, 2, 1, [](const CardView& v) { return percent(v.gpu.memory_load); }},
    Field{20, 2, 1, [](const CardView& v) { return percent(decoder_load(v.gpu)); }},
    Field{22, 2, 1, [](const CardView& v) { return whole(v.gpu.power_average_mw / 1000); }},
    Field{24, 8, 1, [](const CardView&) { return std::int64_t{0}; }},  // always, on RDNA 3 and 4
    Field{32, 8, 1, [](const CardView& v) { return v.elapsed(); }},
    Field{40, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    Field{44, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.memory_mhz}; }},
    Field{54, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    Field{58, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.memory_mhz}; }},
    Field{68, 4, 1, limiters},
    Field{72, 2, 1, rpm},
    Field{74, 2, 1, [](const CardView& v) { return std::int64_t{v.board.pcie_width}; }},
    Field{76, 2, 1, link_tenths},
    Field{106, 2, 1, millivolts},
    Field{112, 8, 1, limiters},
};

constexpr std::array kRevision17{
    Field{4, 2, 1, junction},
    Field{6, 2, 1, [](const CardView& v) { return whole(v.gpu.memory_temperature); }},
    Field{8, 2, 1, [](const CardView& v) { return whole(v.gpu.temperature + 5); }},
    Field{10, 2, 1, [](const CardView& v) { return whole(v.gpu.power_mw / 1000); }},
    Field{12, 2, 1, [](const CardView& v) { return percent(v.gpu.load); }},
    Field{14, 2, 1, [](const CardView& v) { return percent(v.gpu.memory_load); }},
    Field{16, 8, 1, [](const CardView&) { return std::int64_t{5300}; }},  // GB/s, data sheet
    Field{24, 8, 1, energy_steps},
    Field{32, 8, 1, [](const CardView& v) { return v.elapsed(); }},
    Field{40, 4, 1, [](const CardView& v) { return milliseconds(v.elapsed()); }},
    Field{44, 4, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{48, 4, 1, [](const CardView& v) { return milliseconds(v.gpu.totals.violation[0]); }},
    Field{52, 4, 1, [](const CardView& v) { return milliseconds(v.gpu.totals.violation[1]); }},
    Field{56, 4, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{60, 4, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{64, 4, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{68, 2, 1, [](const CardView& v) { return std::int64_t{v.board.pcie_width}; }},
    Field{70, 2, 1, link_tenths},
    Field{76, 4, 1, [](const CardView& v) { return whole(v.gpu.totals.busy * 100); }},
    Field{80, 4, 1, [](const CardView& v) { return whole(v.gpu.totals.memory_busy * 100); }},
    Field{88, 8, 1, [](const CardView& v) { return whole((v.gpu.totals.pcie_tx + v.gpu.totals.pcie_rx) / 1e9); }},
    Field{96, 8, 1, [](const CardView& v) { return whole((v.gpu.pcie_tx_rate + v.gpu.pcie_rx_rate) / 1e9); }},
    Field{104, 8, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{112, 8, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{120, 8, 1, [](const CardView&) { return std::int64_t{0}; }},
    Field{128, 4, 2, [](const CardView&) { return std::int64_t{0}; }},
    Field{288, 8, 1, ten_nanoseconds},
    Field{296, 2, 8, [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    Field{312, 2, 4, [](const CardView&) { return std::int64_t{1200}; }},
    Field{320, 2, 4, [](const CardView& v) { return decoder_load(v.gpu) > 0 ? whole(v.board.clocks.video_max) : std::int64_t{0}; }},
    Field{336, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.memory_mhz}; }},
    Field{338, 2, 1, [](const CardView& v) { return std::int64_t{kPartitionCounts[v.card.amd.compute_partition]}; }},
};

/// The links to the other cards, of which a machine of eight has seven.
constexpr std::array kXgmi17{
    Field{72, 2, 1, [](const CardView&) { return std::int64_t{16}; }},
    Field{74, 2, 1, [](const CardView&) { return std::int64_t{32}; }},  // Gbit/s a lane
    Field{136, 8, 7, xgmi_kilobytes},
    Field{200, 8, 7, xgmi_kilobytes},
    Field{264, 2, 7, [](const CardView&) { return std::int64_t{1}; }},
    Field{278, 2, 1, [](const CardView&) { return std::int64_t{2}; }},  // not available
};

constexpr std::array kRevision30{
    Field{4, 2, 1, [](const CardView& v) { return centidegrees(v.gpu.temperature); }},
    Field{6, 2, 1, [](const CardView& v) { return centidegrees(v.gpu.temperature - 1); }},
    Field{42, 2, 1, [](const CardView& v) { return percent(v.gpu.load); }},
    Field{44, 2, 1, [](const CardView& v) { return percent(decoder_load(v.gpu)); }},
    Field{46, 2, 8, npu_busy},
    Field{104, 8, 1, [](const CardView& v) { return v.elapsed(); }},
    Field{112, 4, 1, [](const CardView& v) { return whole(v.gpu.power_average_mw) + npu_milliwatts(v); }},
    Field{116, 2, 1, npu_milliwatts},
    Field{124, 4, 1, [](const CardView& v) { return whole(v.gpu.power_average_mw * 0.6); }},
    Field{174, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.graphics_mhz}; }},
    Field{180, 2, 1, npu_mhz},
    Field{186, 2, 1, [](const CardView& v) { return std::int64_t{v.gpu.memory_mhz}; }},
    Field{224, 2, 1, [](const CardView& v) { return std::int64_t{v.board.clocks.graphics_max}; }},
};
// clang-format on

struct Revision {
  std::uint32_t number;  ///< format << 8 | content
  std::uint16_t size;
  std::span<const Field> fields;
};
constexpr std::array kRevisions{Revision{kMetrics13, 120, kRevision13},
                                Revision{kMetrics17, 2208, kRevision17},
                                Revision{kMetrics30, 264, kRevision30}};

void put(std::string& bytes, std::size_t at, std::int64_t value, std::size_t width) {
  std::memcpy(bytes.data() + at, &value, width);
}

void fill(std::string& bytes, std::span<const Field> fields, const CardView& view) {
  for (const Field& field : fields) {
    for (std::size_t i = 0; i < field.count; ++i) {
      put(bytes, field.offset + i * field.width, field.value(view), field.width);
    }
  }
}

/// Of revision 1.7, a block of 232 bytes from 344 on for each partition: 32-bit activity of its
/// compute dies, its JPEG engines from 32 on, its video engines from 96 on.
void fill_partitions(std::string& bytes, const CardView& view) {
  const std::uint32_t partitions = kPartitionCounts[view.card.amd.compute_partition];
  const std::uint32_t dies = 8 / partitions;
  for (std::uint32_t k = 0; k < partitions; ++k) {
    const std::size_t block = 344 + std::size_t{232} * k;
    for (std::uint32_t die = 0; die < dies; ++die) {
      put(bytes, block + std::size_t{4} * die, percent(view.gpu.load), 4);
      put(bytes, block + 104 + std::size_t{8} * die, whole(view.gpu.totals.busy * 100), 8);
    }
    put(bytes, block + 96, percent(decoder_load(view.gpu)), 2);
  }
}

}  // namespace

std::string gpu_metrics(const CardView& view) {
  for (const Revision& revision : kRevisions) {
    if (revision.number != view.product.metrics) continue;
    std::string bytes(revision.size, '\xFF');
    put(bytes, 0, revision.size, 2);
    put(bytes, 2, revision.number >> 8, 1);
    put(bytes, 3, revision.number & 0xFF, 1);
    fill(bytes, revision.fields, view);
    if (view.product.has_xgmi != 0) fill(bytes, kXgmi17, view);
    if (revision.number == kMetrics17) fill_partitions(bytes, view);
    return bytes;
  }
  return {};
}

}  // namespace accel::sim
