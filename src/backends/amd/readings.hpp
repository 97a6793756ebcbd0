// The readings of a GPU by topic. Each function files every metric of its topic, with a value or
// with the reason why there is none.
#pragma once

#include <cstdint>
#include <optional>

#include "backends/amd/sampling.hpp"

namespace accel::amd {

/// Counters of the sample before, of which the next one takes the difference.
struct Before {
  std::optional<std::uint64_t> accumulations;  ///< of the firmware's loop
  std::optional<std::uint64_t> power, thermal;
};

void read_utilization(Sampling& sampling);
void read_memory(Sampling& sampling);
void read_temperatures(Sampling& sampling);
void read_power(Sampling& sampling);
void read_clocks(Sampling& sampling);
void read_voltages(Sampling& sampling);
void read_modes(Sampling& sampling);
void read_fans(Sampling& sampling);
/// After the utilisation, which it needs.
void read_throttling(Sampling& sampling, Before& before);
void read_pcie(Sampling& sampling);
void read_links(Sampling& sampling);
void read_errors(Sampling& sampling);
void read_partition_modes(Sampling& sampling);

}  // namespace accel::amd
