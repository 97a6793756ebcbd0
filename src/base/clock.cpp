#include "accel/clock.hpp"

namespace accel {
namespace {

class RealClock final : public Clock {
 public:
  std::chrono::nanoseconds wall() const override {
    return std::chrono::system_clock::now().time_since_epoch();
  }

  std::chrono::nanoseconds steady() const override {
    return std::chrono::steady_clock::now().time_since_epoch();
  }

  bool wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                  std::chrono::nanoseconds deadline, const std::function<bool()>& done) override {
    return changed.wait_until(lock, std::chrono::steady_clock::time_point(deadline), done);
  }
};

}  // namespace

std::shared_ptr<Clock> real_clock() { return std::make_shared<RealClock>(); }

}  // namespace accel
