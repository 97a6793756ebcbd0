// Power draw, power limits and energy. Of an APU they include its CPU.
#include "backends/amd/readings.hpp"

namespace accel::amd {
namespace {

using Field = MetricsField;

/// The card's own figure where the sensors have none. Of revisions 2.x some firmware gives watts
/// and some milliwatts, which cannot be told apart: not used.
Reading<Power> of_table(const Sampling& sampling) {
  const auto source = [&] { return sampling.table()->source() + " average_socket_power"; };
  if (sampling.table() && sampling.table()->format() == 2) {
    return {Absence{ReadingStatus::unsupported,
                    source() + ": in watts or in milliwatts, depending on firmware", ""},
            source()};
  }
  if (sampling.is_apu_table()) return sampling.field(Field::average_socket_power, kMilliwatts);
  return sampling.field({Field::average_socket_power, Field::curr_socket_power}, kWatts);
}

Reading<Energy> energy(const Sampling& sampling) {
  auto counted = sampling.field(Field::energy_accumulator, kEnergySteps);
  if (!counted) return counted;
  // The kernel states the unit for 1.4 and later only. An RX 6900 XT (1.3) counts about thousandths
  // of a joule: 17.7 million in 533 s at 36 W.
  if (sampling.table()->format() == 1 && sampling.table()->content() >= 4) return counted;
  return {Absence{ReadingStatus::unsupported,
                  counted.source() + ": the unit is not known before revision 1.4", ""},
          counted.source(), counted.time()};
}

/// 0 stands for no bound that is known.
Reading<Power> lowest_limit(const Sampling& sampling) {
  Reading<Power> limit = sampling.sensor("power1_cap_min", kMicrowatts);
  if (!limit || limit->value != 0) return limit;
  return {
      Absence{ReadingStatus::unsupported, limit.source() + " is 0: no lower bound is known", ""},
      limit.source(), limit.time()};
}

}  // namespace

void read_power(Sampling& sampling) {
  const auto average = sampling.sensor("power1_average", kMicrowatts);
  const auto instant = sampling.sensor("power1_input", kMicrowatts);
  sampling.set(metric::power, first_of({average, instant, of_table(sampling)}));
  sampling.set(metric::power_average, average);
  sampling.set(metric::power_instant, instant);
  sampling.set(metric::power_limit, sampling.sensor("power1_cap", kMicrowatts));
  sampling.set(metric::power_limit_default, sampling.sensor("power1_cap_default", kMicrowatts));
  sampling.set(metric::power_limit_min, lowest_limit(sampling));
  sampling.set(metric::power_limit_max, sampling.sensor("power1_cap_max", kMicrowatts));
  sampling.set(metric::power_limit_fast, sampling.sensor("power2_cap", kMicrowatts));
  sampling.set(metric::energy, energy(sampling));
}

}  // namespace accel::amd
