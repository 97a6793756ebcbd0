#include "facade/nvml_state.hpp"

#include <string>

namespace accel::facade {
namespace {

template <class T>
void note_absence(NvmlStateEx& state, const std::string& key, const Reading<T>& reading) {
  if (!reading) state.missing[key] = reading.absence();
}

/// The reading in units of `scale` base units, cut off.
template <AnyQuantity Q>
std::optional<std::int64_t> cut(NvmlStateEx& state, const std::string& key,
                                const Reading<Q>& reading, std::int64_t scale) {
  note_absence(state, key, reading);
  if (!reading) return std::nullopt;
  return reading->value / scale;
}

std::optional<std::int64_t> percent_of(const Reading<Ratio>& reading) {
  if (!reading) return std::nullopt;
  // The driver gave whole percents; the share in between must not turn 29 into 28.
  constexpr double kRounding = 1e-9;
  return static_cast<std::int64_t>(reading->value * 100.0 + kRounding);
}

std::optional<bool> flag(NvmlStateEx& state, const std::string& key, const Reading<bool>& reading) {
  note_absence(state, key, reading);
  return reading.optional();
}

}  // namespace

NvmlStateEx nvml_state(const ReadingSet& readings) {
  NvmlStateEx state;
  state.power_mw = cut(state, "power_mw", readings.get(metric::power), 1'000);
  state.power_limit_mw = cut(state, "power_limit_mw", readings.get(metric::power_limit), 1'000);
  state.temp_c = cut(state, "temp_c", readings.get(metric::temperature), 1'000);
  state.sm_clock_mhz = cut(state, "sm_clock_mhz", readings.get(metric::clock_sm), 1'000'000);
  state.mem_clock_mhz = cut(state, "mem_clock_mhz", readings.get(metric::clock_memory), 1'000'000);
  for (int fan = 0; readings.contains(metric::fan_speed.row, fan); ++fan) {
    state.fans.push_back(percent_of(readings.get(metric::fan_speed, fan)));
  }
  const auto fan = readings.get(metric::fan_speed, state.fans.empty() ? kOnly : 0);
  state.fan_percent = percent_of(fan);
  note_absence(state, "fan_percent", fan);
  state.ecc_enabled = flag(state, "ecc_enabled", readings.get(metric::ecc_mode));
  state.ecc_pending = flag(state, "ecc_pending", readings.get(metric::ecc_mode_pending));
  if (state.ecc_enabled && state.ecc_pending) {
    state.reboot_required = *state.ecc_enabled != *state.ecc_pending;
  }
  return state;
}

}  // namespace accel::facade
