// Clocks of the render and video engines, and the range that is set for them.
#include <algorithm>

#include "backends/intel/readings.hpp"

namespace accel::intel {
namespace {

constexpr std::int64_t kMegahertz = 1'000'000;

/// The reading of that kind of GT; of several tiles the fastest, since they share one limit.
struct ClockRow {
  const Metric<Frequency>* metric;
  bool is_media;
  bool is_live;
  std::string_view GtFiles::*file;
};

constexpr std::array kClocks{
    ClockRow{&metric::clock_graphics, false, true, &GtFiles::actual},
    ClockRow{&metric::clock_video, true, true, &GtFiles::actual},
    ClockRow{&metric::clock_graphics_min, false, false, &GtFiles::lowest},
    ClockRow{&metric::clock_graphics_max, false, false, &GtFiles::highest},
    ClockRow{&metric::clock_graphics_locked_min, false, false, &GtFiles::set_lowest},
    ClockRow{&metric::clock_graphics_locked_max, false, false, &GtFiles::set_highest},
    ClockRow{&metric::clock_video_max, true, false, &GtFiles::highest},
};

Reading<Frequency> clock(Sampling& sampling, const std::vector<Gt>& gts, const ClockRow& row) {
  std::optional<Reading<Frequency>> best;
  for (const Gt& gt : gts) {
    if (gt.is_media != row.is_media) continue;
    const base::Attribute<Frequency> attribute{gt.files->*row.file, kMegahertz};
    auto reading =
        row.is_live ? sampling.live(gt.clocks, attribute) : sampling.held(gt.clocks, attribute);
    const bool better = !best || (reading && (!*best || reading->value > (*best)->value));
    if (better) best = std::move(reading);
  }
  if (best) return *best;
  return Absence{
      ReadingStatus::unsupported,
      row.is_media ? "the driver shows no GT of the video engines alone" : "the driver shows no GT",
      ""};
}

}  // namespace

void read_clocks(Sampling& sampling, const std::vector<Gt>& gts) {
  for (const ClockRow& row : kClocks) sampling.set(*row.metric, clock(sampling, gts, row));
  sampling.set(metric::clock_memory,
               Reading<Frequency>(Absence{ReadingStatus::unsupported,
                                          "i915 and xe do not tell the memory clock", ""}));
}

}  // namespace accel::intel
