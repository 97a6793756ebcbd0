// The readings of a GPU by topic. Each function files every metric of its topic, with a value or
// with the reason why there is none.
#pragma once

#include <vector>

#include "accel/machine.hpp"
#include "backends/intel/energy_meter.hpp"
#include "backends/intel/gt.hpp"
#include "backends/intel/hwmon.hpp"
#include "backends/intel/sampling.hpp"
#include "backends/intel/time_share.hpp"

namespace accel::intel {

void read_idle(Sampling& sampling, const std::vector<Gt>& gts, std::vector<TimeShare>& idle);
void read_temperatures(Sampling& sampling, const Hwmon& hwmon);
void read_power(Sampling& sampling, const Hwmon& hwmon, const Place& place, bool was_asleep,
                EnergyMeter& meter);
void read_clocks(Sampling& sampling, const std::vector<Gt>& gts);
void read_voltage(Sampling& sampling, const Hwmon& hwmon);
/// Of a GPU that is as busy as that reading, which has a value, says.
[[nodiscard]] Reading<Text> power_state_when(const Reading<Ratio>& busy);
/// From the utilization that was filed before.
void read_power_state(Sampling& sampling);
void read_fans(Sampling& sampling, const Hwmon& hwmon);
void read_throttling(Sampling& sampling, const std::vector<Gt>& gts);

}  // namespace accel::intel
