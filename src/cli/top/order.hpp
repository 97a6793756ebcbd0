// What the process that draws asks of the one that reads devices.
#pragma once

#include <chrono>
#include <cstdint>

namespace accel::cli::top {

/// Sent as it lies in memory: both processes are one program.
struct Order {
  std::int64_t interval = 1'000'000'000;  ///< nanoseconds from one sample to the next
  std::int64_t details = -1;              ///< position in the sample of the device to tell all of
  std::uint32_t width = 80;               ///< columns that the details may take
  std::uint32_t rescans = 0;              ///< when this changes, devices are looked for again
  bool paused = false;
  bool slow = false;  ///< also what takes long to read

  friend bool operator==(const Order&, const Order&) = default;
};

}  // namespace accel::cli::top
