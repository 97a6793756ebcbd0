// Lets a fake clock's time pass once somebody waits for it.
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "support/fake_clock.hpp"

namespace accel::testing {

class ClockMover {
 public:
  /// Moves the clock once, by `by`, after whoever waits has looked at it several times: what can
  /// finish without time passing has finished by then.
  ClockMover(std::shared_ptr<FakeClock> clock, std::chrono::nanoseconds by)
      : thread_([clock = std::move(clock), by](const std::stop_token& stop) {
          const int before = clock->waits();
          while (!stop.stop_requested() && clock->waits() < before + looks) {
            std::this_thread::yield();
          }
          clock->advance(by);
        }) {}

 private:
  static constexpr int looks = 30;
  std::jthread thread_;
};

}  // namespace accel::testing
