// How long a program takes, what it computes and how much memory it holds, as the kernel counts.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace accel::bench {

/// A program to run: its arguments, from argv[0] on, and what it finds in its environment besides
/// what this process has.
struct Program {
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
};

struct Run {
  std::chrono::nanoseconds wall{};  ///< from fork to its end
  std::chrono::nanoseconds cpu{};   ///< user and system
  long max_rss_bytes = 0;
  int exit_status = -1;  ///< -1: it could not be started, or a signal ended it
};

/// Runs it once, with its output thrown away.
[[nodiscard]] Run run_once(const Program& program);

}  // namespace accel::bench
