// A file that means one process, whatever becomes of its number (pidfd_open(2)).
#pragma once

#include <unistd.h>

#include <csignal>

// glibc 2.36 declares these functions without saying that they are C.
extern "C" {
#include <sys/pidfd.h>
}

namespace accel::cli::top {

class ProcessFile {
 public:
  explicit ProcessFile(pid_t pid) : file_(::pidfd_open(pid, 0)) {}
  ~ProcessFile() {
    if (file_ >= 0) ::close(file_);
  }
  ProcessFile(const ProcessFile&) = delete;
  ProcessFile& operator=(const ProcessFile&) = delete;

  /// -1, with errno, where there is no such process or the kernel does not know such files.
  [[nodiscard]] int get() const { return file_; }
  /// 0, or -1 with errno.
  [[nodiscard]] int send(int signal) const {
    return ::pidfd_send_signal(file_, signal, nullptr, 0);
  }

 private:
  int file_;
};

}  // namespace accel::cli::top
