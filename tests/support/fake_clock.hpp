// A clock that moves only when the test says so.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "accel/clock.hpp"

namespace accel::testing {

class FakeClock final : public Clock {
 public:
  std::chrono::nanoseconds wall() const override {
    const std::scoped_lock lock(mutex_);
    return wall_;
  }
  std::chrono::nanoseconds steady() const override {
    const std::scoped_lock lock(mutex_);
    return steady_;
  }
  /// Looks every millisecond of real time whether the clock has been moved; `done` decides first.
  bool wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  std::chrono::nanoseconds deadline, const std::function<bool()>& done) override {
    while (!done()) {
      {
        const std::scoped_lock own(mutex_);
        ++waits_;
        if (steady_ >= deadline) return false;
      }
      changed.wait_for(lock, std::chrono::milliseconds(1));
    }
    return true;
  }

  void advance(std::chrono::nanoseconds by) {
    const std::scoped_lock lock(mutex_);
    steady_ += by;
    wall_ += by;
  }
  /// Times anyone looked while waiting: lets a test move the clock once somebody waits.
  [[nodiscard]] int waits() const {
    const std::scoped_lock lock(mutex_);
    return waits_;
  }

 private:
  mutable std::mutex mutex_;
  std::chrono::nanoseconds steady_ = std::chrono::hours(1);
  std::chrono::nanoseconds wall_ = std::chrono::hours(24 * 365 * 50);
  int waits_ = 0;
};

}  // namespace accel::testing
