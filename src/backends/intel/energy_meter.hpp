// Power from Intel's energy counters, which tell none themselves, and from which windows it may be
// taken: the counters of Battlemage cards are wrong while the card sleeps and for about two seconds
// after it woke.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "accel/reading.hpp"
#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::intel {

/// Microjoules since the driver was loaded; nothing for a counter that is missing or unreadable.
struct EnergyPoint {
  SteadyTime time{};
  std::optional<std::int64_t> card;
  std::optional<std::int64_t> package;
  /// Milliseconds that the device has been suspended since it was found by its driver.
  std::optional<std::int64_t> suspended;
  /// It slept until this sample woke it.
  bool was_asleep = false;
};

/// Of one device.
class EnergyMeter {
 public:
  /// Mean power since a second ago (longer where samples are rarer).
  struct Draw {
    std::optional<Power> card;
    std::optional<Power> package;
  };
  /// Takes a sample. `unavailable` while there is no window to take a mean of; `malformed` for a
  /// window in which the counters contradict each other.
  Result<Draw> advance(const EnergyPoint& point);

 private:
  /// Why the sample begins a new series; null where it goes on.
  [[nodiscard]] const char* break_before(const EnergyPoint& point) const;

  std::optional<EnergyPoint> last_;
  std::deque<EnergyPoint> points_;  ///< that a window may begin with, oldest first
  SteadyTime settled_{SteadyTime::min()};
};

}  // namespace accel::intel
