#include "accel/event.hpp"

#include <array>

namespace accel {

std::string_view to_string(DeviceEventKind kind) {
  constexpr std::array<std::string_view, 11> names{"xid",
                                                   "ecc_corrected",
                                                   "ecc_uncorrected",
                                                   "performance_state",
                                                   "clock_change",
                                                   "power_source_change",
                                                   "partition_change",
                                                   "row_remap",
                                                   "device_unavailable",
                                                   "recovery_action",
                                                   "other"};
  return names.at(static_cast<std::size_t>(kind));
}

}  // namespace accel
