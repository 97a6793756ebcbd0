// How often the files of a folder are opened, as the kernel tells it.
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

namespace accel::testing {

/// Watches from its construction on; not what is in folders below.
class OpenedFiles {
 public:
  explicit OpenedFiles(const std::filesystem::path& folder)
      : queue_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    // The kernel merges an event into an equal one right before it: a close stands in between.
    const int watch = ::inotify_add_watch(queue_, folder.c_str(), IN_OPEN | IN_CLOSE);
    if (watch < 0) throw std::runtime_error("inotify cannot watch " + folder.string());
  }
  ~OpenedFiles() { ::close(queue_); }
  OpenedFiles(const OpenedFiles&) = delete;
  OpenedFiles& operator=(const OpenedFiles&) = delete;

  /// By name, since the last call. The folder itself does not count.
  [[nodiscard]] std::map<std::string, int> counts() const {
    std::map<std::string, int> counts;
    alignas(inotify_event) char events[8192];
    for (ssize_t size = 0; (size = ::read(queue_, events, sizeof events)) > 0;) {
      for (const char* at = events; at < events + size;) {
        const auto* event = reinterpret_cast<const inotify_event*>(at);
        if (event->len > 0 && (event->mask & IN_OPEN) != 0) ++counts[event->name];
        at += sizeof(inotify_event) + event->len;
      }
    }
    return counts;
  }

 private:
  int queue_;
};

}  // namespace accel::testing
