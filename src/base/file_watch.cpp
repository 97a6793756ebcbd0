#include "base/file_watch.hpp"

#include <atomic>
#include <mutex>
#include <utility>

namespace accel::base {
namespace {

std::atomic<bool> is_watched = false;
std::mutex watch_mutex;

/// Shared, since a thread that hangs in a driver may come back after the watching has ended.
std::shared_ptr<FileWatch>& present_watch() {
  static std::shared_ptr<FileWatch> watch;
  return watch;
}

}  // namespace

FileWatching::FileWatching(std::shared_ptr<FileWatch> watch) {
  const std::scoped_lock lock(watch_mutex);
  present_watch() = std::move(watch);
  is_watched = true;
}

FileWatching::~FileWatching() {
  const std::scoped_lock lock(watch_mutex);
  is_watched = false;
  present_watch().reset();
}

std::shared_ptr<FileWatch> file_watch() {
  if (!is_watched.load(std::memory_order_relaxed)) return nullptr;
  const std::scoped_lock lock(watch_mutex);
  return present_watch();
}

}  // namespace accel::base
