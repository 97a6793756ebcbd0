// A gate at which calls hang until the test opens it.
#pragma once

#include <condition_variable>
#include <mutex>

namespace accel::testing {

/// Shared by the test and by the calls, which may outlive each other.
class Gate {
 public:
  /// Hangs while the gate is closed.
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.wait(lock, [this] { return open_; });
    --inside_;
    changed_.notify_all();
  }
  /// Lets everybody through, for good, and returns when they are.
  void open() {
    std::unique_lock lock(mutex_);
    open_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return inside_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

}  // namespace accel::testing
