// Time as an argument: the real clock, or one that a test moves by hand.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace accel {

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  /// Time since the Unix epoch; may jump.
  [[nodiscard]] virtual std::chrono::nanoseconds wall() const = 0;
  /// Time since some fixed point; never falls.
  [[nodiscard]] virtual std::chrono::nanoseconds steady() const = 0;
  /// Waits until `done` holds (true) or steady() reaches `deadline` (false). `lock` guards what
  /// `done` looks at, and whoever changes that notifies `changed`.
  virtual bool wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                          std::chrono::nanoseconds deadline, const std::function<bool()>& done) = 0;
};

[[nodiscard]] std::shared_ptr<Clock> real_clock();

}  // namespace accel
