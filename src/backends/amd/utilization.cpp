// How busy the GPU is, and its memory interface and media engines.
#include <algorithm>
#include <array>
#include <utility>

#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// Raven and Picasso, whose firmware answers 100 always (drm/amd issue tracker; nvtop and LACT
/// leave it out as well).
constexpr std::array<std::uint16_t, 2> kAlwaysBusy{0x15dd, 0x15d8};

Reading<Ratio> overall(const Sampling& sampling) {
  const std::uint16_t device = sampling.card().function().ids.device;
  const std::string source = sampling.device().source("gpu_busy_percent");
  if (std::ranges::find(kAlwaysBusy, device) != kAlwaysBusy.end()) {
    return {Absence{ReadingStatus::unsupported, source + " is always 100 on this chip", ""},
            source};
  }
  auto busy = sampling.file("gpu_busy_percent", kPercent);
  if (busy || !sampling.is_apu_table()) {
    return first_of({busy, sampling.field(Field::average_gfx_activity, kPercent)});
  }
  // Of APUs some firmware gives percent and some hundredths of it: no second source.
  return busy;
}

/// The busiest column of the neural engine on the chip, which its own driver does not count.
Reading<Ratio> neural_engine(const Sampling& sampling, std::size_t columns) {
  Reading<Ratio> busiest = sampling.field(Field::average_ipu_activity, kPercent);
  for (std::size_t column = 1; column < columns; ++column) {
    auto busy = sampling.field(Field::average_ipu_activity, kPercent, column);
    const bool is_more = busy && (!busiest || *busiest < *busy);
    if (is_more) busiest = std::move(busy);
  }
  return busiest;
}

}  // namespace

void read_utilization(Sampling& sampling) {
  sampling.set(metric::utilization, overall(sampling));
  sampling.set(metric::utilization_memory_controller,
               first_of({sampling.file("mem_busy_percent", kPercent),
                         sampling.field(Field::average_umc_activity, kPercent)}));
  const auto media = sampling.file("vcn_busy_percent", kPercent);
  sampling.set(metric::utilization_media,
               sampling.is_apu_table()
                   ? media
                   : first_of({media, sampling.field(Field::average_mm_activity, kPercent)}));
  const std::size_t columns =
      sampling.table() ? sampling.table()->count(Field::average_ipu_activity) : 0;
  if (columns > 0) sampling.set(metric::utilization_npu, neural_engine(sampling, columns));
}

}  // namespace accel::amd
