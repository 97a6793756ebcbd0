#include "base/worker.hpp"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace accel::base {

// Owned by the Worker and by its thread, so that a job that hangs leaves nothing dangling.
struct Worker::Shared {
  explicit Shared(std::shared_ptr<Clock> time) : clock(std::move(time)) {}

  void serve() {
    std::unique_lock lock(mutex);
    for (;;) {
      changed.wait(lock, [this] { return job != nullptr || stopping; });
      if (job == nullptr) return;
      auto present = std::exchange(job, nullptr);
      lock.unlock();
      present();
      present = nullptr;  // What the job owns goes before anyone hears that it is done.
      lock.lock();
      busy = false;
      changed.notify_all();
    }
  }

  std::shared_ptr<Clock> clock;
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::function<void()> job;
  bool busy = false;
  bool stopping = false;
  std::thread thread;
};

Worker::Worker(std::shared_ptr<Clock> clock)
    : shared_(std::make_shared<Shared>(std::move(clock))) {}

Worker::~Worker() {
  std::unique_lock lock(shared_->mutex);
  shared_->stopping = true;
  const bool hangs = shared_->busy;
  shared_->changed.notify_all();
  lock.unlock();
  if (!shared_->thread.joinable()) return;
  if (hangs) {
    shared_->thread.detach();
  } else {
    shared_->thread.join();
  }
}

bool Worker::start(std::function<void()> job) {
  std::unique_lock lock(shared_->mutex);
  if (shared_->busy) return false;
  shared_->busy = true;
  if (shared_->thread.joinable() || start_thread()) {
    shared_->job = std::move(job);
  } else {
    lock.unlock();
    job();
    lock.lock();
    shared_->busy = false;
  }
  shared_->changed.notify_all();
  return true;
}

bool Worker::start_thread() {
  try {
    shared_->thread = std::thread([shared = shared_] { shared->serve(); });
    return true;
  } catch (const std::system_error&) {
    return false;  // Containers limit the number of threads.
  }
}

Worker::Outcome Worker::collect(std::chrono::nanoseconds deadline) {
  std::unique_lock lock(shared_->mutex);
  const bool done = shared_->clock->wait_until(lock, shared_->changed, deadline,
                                               [this] { return !shared_->busy; });
  return done ? Outcome::done : Outcome::late;
}

Worker::Outcome Worker::run(std::function<void()> job, std::chrono::nanoseconds patience) {
  const auto deadline = shared_->clock->steady() + patience;
  if (!start(std::move(job))) return Outcome::busy;
  return collect(deadline);
}

bool Worker::is_busy() const {
  const std::scoped_lock lock(shared_->mutex);
  return shared_->busy;
}

}  // namespace accel::base
