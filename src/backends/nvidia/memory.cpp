// Device memory: total, used, free and what the driver keeps for itself.
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kOnlyOld =
    "nvmlDeviceGetMemoryInfo counts what the driver reserves as used; nvmlDeviceGetMemoryInfo_v2 "
    "tells them apart and is not in this driver's library";

/// A driver that does not know how much there is, or has more in use than that, knows neither.
Result<void> consistent(std::uint64_t total, std::uint64_t used, std::uint64_t free,
                        const char* source) {
  if (total <= std::uint64_t{kMost} && used <= total && free <= total) return {};
  if (is_all_ones(total) && is_all_ones(used) && is_all_ones(free)) return {};
  return Error{Errc::malformed,
               std::string(source) + ": used " + std::to_string(used) + " and free " +
                   std::to_string(free) + " of " + std::to_string(total) + " bytes",
               "",
               {}};
}

struct Raw {
  std::uint64_t total, used, free;
};

MemoryFigures figures(Sampling& sampling, const Raw& raw, const char* source) {
  const auto size = [&](std::uint64_t bytes) {
    return sampling.judge(kBytes, Result<std::uint64_t>(bytes), source);
  };
  MemoryFigures figures{size(raw.total), size(raw.used), size(raw.free), {}};
  if (auto sane = consistent(raw.total, raw.used, raw.free, source); !sane) {
    figures.used = sampling.reading<Bytes>(sane.error(), source);
    figures.free = figures.used;
  }
  return figures;
}

}  // namespace

MemoryFigures memory_figures(Sampling& sampling) {
  const Functions& nvml = sampling.functions();
  nvmlMemory_v2_t newer{};
  newer.version = struct_version<nvmlMemory_v2_t>(2);
  auto done = sampling.gpu().call(nvml.memory_info_v2, &newer);
  if (done) {
    const char* source = nvml.memory_info_v2.name;
    MemoryFigures found = figures(sampling, {newer.total, newer.used, newer.free}, source);
    found.reserved = sampling.judge(kBytes, Result<std::uint64_t>(newer.reserved), source);
    return found;
  }
  const auto older = sampling.gpu().ask<nvmlMemory_t>(nvml.memory_info);
  if (older) {
    MemoryFigures found =
        figures(sampling, {older->total, older->used, older->free}, nvml.memory_info.name);
    found.reserved = {Absence{ReadingStatus::unsupported, kOnlyOld, "a newer driver offers it"},
                      nvml.memory_info_v2.name};
    return found;
  }
  const auto absent = sampling.reading<Bytes>(older.error(), nvml.memory_info.name);
  return {absent, absent, absent, absent};
}

void read_memory(Sampling& sampling) {
  MemoryFigures figures = memory_figures(sampling);
  sampling.set(metric::memory_total, std::move(figures.total));
  sampling.set(metric::memory_used, std::move(figures.used));
  sampling.set(metric::memory_free, std::move(figures.free));
  sampling.set(metric::memory_reserved, std::move(figures.reserved));
}

}  // namespace accel::nvidia
