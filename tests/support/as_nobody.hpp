// Runs a check without the rights of root, in a child process.
#pragma once

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

namespace accel::testing {

inline constexpr unsigned kNobody = 65534;
// Codes of the child that nothing else ends with: a sanitizer ends a program with 1.
inline constexpr int kChildYes = 71;
inline constexpr int kChildNo = 72;

/// What `check` returned when run by the user nobody; -1 when that could not be done.
inline int as_nobody(const std::function<bool()>& check) {
  const pid_t child = ::fork();
  if (child < 0) return -1;
  if (child == 0) {
    if (::geteuid() == 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) {
      ::_exit(EXIT_FAILURE);
    }
    ::_exit(check() ? kChildYes : kChildNo);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  if (WEXITSTATUS(status) == kChildYes) return 1;
  return WEXITSTATUS(status) == kChildNo ? 0 : -1;
}

}  // namespace accel::testing
