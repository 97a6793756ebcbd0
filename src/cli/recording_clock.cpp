#include "cli/recording_clock.hpp"

#include <atomic>
#include <string>
#include <utility>

#include "base/dir.hpp"

namespace accel::cli {
namespace {

class RecordingClock final : public Clock {
 public:
  explicit RecordingClock(const Machine& machine)
      : clock_(machine.clock),
        proc_(machine.path("/proc")),
        begin_(clock_->steady()),
        uptime_(uptime()) {}

  std::chrono::nanoseconds wall() const override { return clock_->wall(); }

  std::chrono::nanoseconds steady() const override {
    if (!lives_ && !uptime_.empty() && uptime() != uptime_) lives_ = true;
    return lives_ ? clock_->steady() : begin_;
  }

  bool wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  std::chrono::nanoseconds deadline, const std::function<bool()>& done) override {
    return clock_->wait_until(lock, changed, clock_->steady() + (deadline - steady()), done);
  }

 private:
  [[nodiscard]] std::string uptime() const { return proc_.text("uptime").value_or(""); }

  std::shared_ptr<Clock> clock_;
  base::Dir proc_;
  std::chrono::nanoseconds begin_;
  std::string uptime_;  ///< empty: there is none
  mutable std::atomic<bool> lives_ = false;
};

}  // namespace

std::shared_ptr<Clock> recording_clock(const Machine& machine) {
  return std::make_shared<RecordingClock>(machine);
}

}  // namespace accel::cli
