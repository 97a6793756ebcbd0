// Something that happened to a device, as its driver reported it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accel/error.hpp"
#include "accel/result.hpp"

namespace accel {

enum class DeviceEventKind {
  xid,  ///< NVIDIA error code, see `code`
  ecc_corrected,
  ecc_uncorrected,
  performance_state,
  clock_change,
  power_source_change,
  partition_change,
  row_remap,  ///< a row or page was retired, or could not be
  device_unavailable,
  recovery_action,
  other,
};

[[nodiscard]] std::string_view to_string(DeviceEventKind kind);

struct DeviceEvent {
  std::chrono::nanoseconds time{};  ///< wall clock
  std::string uuid;
  DeviceEventKind kind = DeviceEventKind::other;
  Severity severity = Severity::low;
  std::optional<std::uint64_t> code;  ///< vendor's number, e.g. 79 of "Xid 79"
  std::string text;                   ///< what it means
  std::string next_step;              ///< what to do about it
};

/// Delivers a vendor's events. One thread at a time may wait.
class EventSource {
 public:
  virtual ~EventSource() = default;
  /// The next event; `timeout` when none came in time, which is no failure.
  virtual Result<DeviceEvent> next(std::chrono::milliseconds patience) = 0;
};

}  // namespace accel
