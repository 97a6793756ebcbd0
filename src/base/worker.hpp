// A thread that runs one job at a time for a caller who does not wait for ever.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "accel/clock.hpp"

namespace accel::base {

/// Thread-safe. The thread starts with the first job.
class Worker {
 public:
  explicit Worker(std::shared_ptr<Clock> clock);
  /// Leaves a job that hangs to itself; waits for nothing.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  enum class Outcome {
    done,
    late,  ///< the deadline passed; the job still runs and may finish later
    busy,  ///< an earlier job is still running; this one was not started
  };

  /// Starts `job`; collect() waits for it. False (busy) while an earlier one still runs. The job
  /// must own what it touches: it may outlive the caller. It must not throw. Where the system has
  /// no thread to give, the job runs before start() returns, without a deadline.
  bool start(std::function<void()> job);
  /// Waits for the job that was started, until `deadline` on the clock.
  Outcome collect(std::chrono::nanoseconds deadline);
  /// Both in one.
  Outcome run(std::function<void()> job, std::chrono::nanoseconds patience);
  /// Whether a job is running now.
  [[nodiscard]] bool is_busy() const;

 private:
  struct Shared;
  bool start_thread();

  std::shared_ptr<Shared> shared_;
};

}  // namespace accel::base
