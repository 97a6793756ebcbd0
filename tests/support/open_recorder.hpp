// Which files of a tree are opened: what a test asks that says something was left alone.
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace accel::testing {

/// Which files below a folder are opened while it lives.
class OpenRecorder {
 public:
  explicit OpenRecorder(const std::filesystem::path& folder)
      : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    watch(folder);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_directory() && !entry.is_symlink()) watch(entry.path());
    }
  }
  ~OpenRecorder() { ::close(fd_); }
  OpenRecorder(const OpenRecorder&) = delete;
  OpenRecorder& operator=(const OpenRecorder&) = delete;

  [[nodiscard]] bool works() const { return fd_ >= 0 && !folders_.empty(); }

  std::set<std::string> opened() {
    std::set<std::string> names;
    alignas(inotify_event) std::array<char, 64 * 1024> buffer{};
    for (ssize_t size = 0; (size = ::read(fd_, buffer.data(), buffer.size())) > 0;) {
      for (ssize_t at = 0; at < size;) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const std::string name(event.len > 0 ? buffer.data() + at + sizeof event : "");
        if ((event.mask & IN_ISDIR) == 0 && !name.empty()) {
          names.insert((folders_[event.wd] / name).filename().string());
        }
        at += static_cast<ssize_t>(sizeof event + event.len);
      }
    }
    return names;
  }

 private:
  void watch(const std::filesystem::path& folder) {
    const int id = ::inotify_add_watch(fd_, folder.c_str(), IN_OPEN);
    if (id >= 0) folders_[id] = folder;
  }

  int fd_;
  std::map<int, std::filesystem::path> folders_;
};

}  // namespace accel::testing
