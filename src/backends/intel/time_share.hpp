// The share of time by which a counter of time moved on between two samples.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel::intel {

class TimeShare {
 public:
  /// Whether so much time has passed since the last sample, or there was none.
  [[nodiscard]] bool is_due(SteadyTime now, std::chrono::nanoseconds interval) const {
    return !previous_ || now - previous_->time >= interval;
  }
  /// Takes a sample. `pending` for the first one, and where the counter fell.
  const Reading<Ratio>& advance(std::chrono::nanoseconds counter, SteadyTime now,
                                const std::string& source);
  /// What the last sample gave, with that sample's time.
  [[nodiscard]] const Reading<Ratio>& last() const { return last_; }
  /// Forgets: what was counted while nobody looked says nothing.
  void forget() { previous_.reset(); }

 private:
  struct Point {
    std::chrono::nanoseconds counter{};
    SteadyTime time{};
  };
  std::optional<Point> previous_;
  Reading<Ratio> last_;
};

}  // namespace accel::intel
