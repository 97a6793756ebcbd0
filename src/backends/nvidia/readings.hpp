// The readings of a GPU by topic. Each function files every metric of its topic, with a value or
// with the reason why there is none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backends/nvidia/sampling.hpp"

namespace accel::nvidia {

/// What one NVLink link is connected to; asked for while the link is up.
struct LinkEnd {
  Once<Count> version;
  Once<Text> remote;
};

/// What cannot change while the driver is loaded, kept from one sample to the next.
struct Held {
  Once<Temperature> limit_slowdown, limit_shutdown, limit_critical, limit_memory;
  Once<Power> power_limit_default, power_limit_min, power_limit_max;
  Once<Frequency> graphics_max, sm_max, memory_max, video_max;
  Once<TransferRate> pcie_speed_max;
  Once<Lanes> pcie_width_max;
  std::optional<std::uint32_t> fan_count;
  std::optional<std::uint32_t> link_count;
  std::vector<LinkEnd> links;
};

/// The fields that the functions below look up in their FieldBatch.
[[nodiscard]] std::span<const FieldId> sampled_fields();

void read_utilization(Sampling& sampling);
void read_memory(Sampling& sampling);
void read_temperatures(Sampling& sampling, Held& held);
void read_power(Sampling& sampling, Held& held);
void read_clocks(Sampling& sampling, Held& held);
void read_modes(Sampling& sampling);
void read_fans(Sampling& sampling, Held& held);
void read_throttling(Sampling& sampling);
void read_pcie(Sampling& sampling, Held& held);
void read_links(Sampling& sampling, Held& held);
void read_errors(Sampling& sampling);
void read_partition_modes(Sampling& sampling);

/// Total, reserved, free and used, whatever of them the driver tells.
struct MemoryFigures {
  Reading<Bytes> total, used, free, reserved;
};
[[nodiscard]] MemoryFigures memory_figures(Sampling& sampling);

}  // namespace accel::nvidia
