// Power draw, power limits and the energy counter.
#include "backends/nvidia/readings.hpp"

namespace accel::nvidia {
namespace {

/// The range that the limit may be set to, one call for both ends.
void read_range(Sampling& sampling, Held& held) {
  const auto& function = sampling.functions().power_limit_range;
  Result<std::uint32_t> low = 0U;
  Result<std::uint32_t> high = 0U;
  bool asked = false;
  const auto ask = [&] {
    if (std::exchange(asked, true)) return;
    std::uint32_t lowest = 0;
    std::uint32_t highest = 0;
    auto done = sampling.gpu().call(function, &lowest, &highest);
    if (done) {
      low = lowest;
      high = highest;
    } else {
      low = done.error();
      high = done.error();
    }
  };
  sampling.set(metric::power_limit_min, sampling.once(held.power_limit_min, [&] {
    ask();
    return sampling.judge(kMilliwatts, low, function.name);
  }));
  sampling.set(metric::power_limit_max, sampling.once(held.power_limit_max, [&] {
    ask();
    return sampling.judge(kLimitMilliwatts, high, function.name);
  }));
}

}  // namespace

void read_power(Sampling& sampling, Held& held) {
  const Functions& nvml = sampling.functions();
  sampling.set(metric::power, sampling.read(kMilliwatts, nvml.power_usage));
  sampling.set(metric::power_average, sampling.field(kMilliwatts, {field::kPowerAverage}));
  sampling.set(metric::power_instant, sampling.field(kMilliwatts, {field::kPowerInstant}));
  sampling.set(metric::power_limit, sampling.read(kLimitMilliwatts, nvml.power_limit));
  sampling.set(metric::power_limit_enforced,
               sampling.read(kLimitMilliwatts, nvml.power_limit_enforced));
  sampling.set(metric::power_limit_default, sampling.once(held.power_limit_default, [&] {
    return sampling.read(kLimitMilliwatts, nvml.power_limit_default);
  }));
  read_range(sampling, held);
  Reading<Energy> energy = sampling.read(kMillijoules, nvml.energy);
  if (!energy && energy.status() == ReadingStatus::unsupported) {
    Reading<Energy> counted = sampling.field(kMillijoules, {field::kTotalEnergy});
    if (counted) energy = std::move(counted);
  }
  sampling.set(metric::energy, std::move(energy));
}

}  // namespace accel::nvidia
