// Temperatures, the limits they are held against, and the distance to the next one.
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

constexpr std::uint32_t kStructVersion = 1;

Reading<Temperature> core(Sampling& sampling) {
  const Functions& nvml = sampling.functions();
  nvmlTemperature_t newer{struct_version<nvmlTemperature_t>(kStructVersion), kTemperatureGpu, 0};
  if (sampling.gpu().call(nvml.temperature_v, &newer)) {
    return sampling.judge(kCelsius, Result<std::int32_t>(newer.temperature),
                          nvml.temperature_v.name);
  }
  return sampling.read(kCelsius, nvml.temperature, kTemperatureGpu);
}

Reading<Temperature> margin(Sampling& sampling) {
  const auto& function = sampling.functions().temperature_margin;
  nvmlMarginTemperature_t answer{struct_version<nvmlMarginTemperature_t>(kStructVersion), 0};
  if (auto done = sampling.gpu().call(function, &answer); !done) {
    return sampling.reading<Temperature>(done.error(), function.name);
  }
  return sampling.judge(kCelsius, Result<std::int32_t>(answer.margin), function.name);
}

Reading<Temperature> limit(Sampling& sampling, std::uint32_t which) {
  return sampling.read(kCelsius, sampling.functions().temperature_threshold, which);
}

}  // namespace

void read_temperatures(Sampling& sampling, Held& held) {
  sampling.set(metric::temperature, core(sampling));
  sampling.set(metric::temperature_hotspot,
               {Absence{ReadingStatus::unsupported, "NVML has no function for it", ""}});
  sampling.set(metric::temperature_memory, sampling.field(kCelsius, {field::kMemoryTemperature}));
  sampling.set(metric::temperature_limit_slowdown, sampling.once(held.limit_slowdown, [&] {
    return limit(sampling, threshold::kSlowdown);
  }));
  sampling.set(metric::temperature_limit_shutdown, sampling.once(held.limit_shutdown, [&] {
    return limit(sampling, threshold::kShutdown);
  }));
  sampling.set(metric::temperature_limit_critical, sampling.once(held.limit_critical, [&] {
    return limit(sampling, threshold::kGpuMax);
  }));
  sampling.set(metric::temperature_limit_memory, sampling.once(held.limit_memory, [&] {
    return limit(sampling, threshold::kMemoryMax);
  }));
  // A setting of the user: it may change.
  sampling.set(metric::temperature_limit_target, limit(sampling, threshold::kAcousticCurrent));
  sampling.set(metric::temperature_margin, margin(sampling));
  sampling.set(metric::temperature_margin_slowdown,
               sampling.field(kCelsius, {field::kMarginSlowdown}));
  sampling.set(metric::temperature_margin_shutdown,
               sampling.field(kCelsius, {field::kMarginShutdown}));
  sampling.set(metric::temperature_margin_critical,
               sampling.field(kCelsius, {field::kMarginGpuMax}));
  sampling.set(metric::temperature_margin_memory, sampling.field(kCelsius, {field::kMarginMemory}));
}

}  // namespace accel::nvidia
