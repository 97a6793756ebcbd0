// Device memory, the part of it that the CPU reaches, and host memory that the GPU may use.
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

Reading<Bytes> free_of(const Sampling& sampling, const Reading<Bytes>& total,
                       const Reading<Bytes>& used) {
  for (const auto* input : {&total, &used}) {
    if (*input) continue;
    Absence why = input->absence();
    why.reason = "needs total and used: " + why.reason;
    return {std::move(why), input->source(), input->time()};
  }
  if (used->value > total->value) {
    return sampling.reading<Bytes>(implausible(used.source(), used->value, 0, total->value, "B"),
                                   used.source());
  }
  return {*total - *used, total.source(), total.time()};
}

}  // namespace

void read_memory(Sampling& sampling) {
  const auto total = sampling.file("mem_info_vram_total", kBytes);
  const auto used = sampling.file("mem_info_vram_used", kBytes);
  sampling.set(metric::memory_free, free_of(sampling, total, used));
  sampling.set(metric::memory_total, total);
  sampling.set(metric::memory_used, used);
  sampling.set(metric::memory_visible_total, sampling.file("mem_info_vis_vram_total", kBytes));
  sampling.set(metric::memory_visible_used, sampling.file("mem_info_vis_vram_used", kBytes));
  sampling.set(metric::memory_gtt_total, sampling.file("mem_info_gtt_total", kBytes));
  sampling.set(metric::memory_gtt_used, sampling.file("mem_info_gtt_used", kBytes));
}

}  // namespace accel::amd
