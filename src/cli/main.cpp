// accel: the command line. Reads the words, lets a command answer, and writes the answer at once.
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <vector>

#include "accel/backends.hpp"
#include "cli/crash_guard.hpp"
#include "cli/program.hpp"
#include "cli/streams.hpp"

namespace {

using namespace accel;
using namespace accel::cli;

std::filesystem::path program_dir() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

/// Nobody reads our output any more: end as programs do that do not know better, quietly.
[[noreturn]] void die_of_broken_pipe() {
  ::signal(SIGPIPE, SIG_DFL);
  ::raise(SIGPIPE);
  ::_exit(static_cast<int>(ExitCode::failed));
}

int show(const Outcome& outcome) {
  // Problems first: on a terminal they stand above the answer that they explain. Nobody can be
  // told that telling failed.
  write_all(STDERR_FILENO, outcome.err);
  const int why = write_all(STDOUT_FILENO, outcome.out);
  if (why == 0) return static_cast<int>(outcome.code);
  if (why == EPIPE) die_of_broken_pipe();
  write_all(STDERR_FILENO,
            "accel: standard output: " + std::generic_category().message(why) + "\n");
  return static_cast<int>(ExitCode::failed);
}

void debug_line(std::string_view text) {
  write_all(STDERR_FILENO, "accel: debug: " + std::string(text) + "\n");
}

Result<void> write_piece(std::string_view text) {
  const int why = write_all(STDOUT_FILENO, text);
  if (why == 0) return {};
  if (why == EPIPE) die_of_broken_pipe();
  return Error{Errc::io_error, "standard output: " + std::generic_category().message(why), "", {}};
}

int run(std::span<const std::string> words) {
  const bool interactive = ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
  const Surroundings surroundings{Installation{program_dir()},
                                  all_backends(),
                                  terminal_look(),
                                  debug_line,
                                  write_piece,
                                  interactive};
  const Run run(words, surroundings);
  if (run.outcome()) return show(*run.outcome());
  const GuardedWork work = [&](std::span<const Crash> crashes) {
    return show(run.perform(crashes));
  };
  return run.needs_guard() ? run_guarded(work) : work({});
}

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_streams();
  // A reader that goes away must not end us inside a driver; show() ends us instead.
  ::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const int status = run(words);
  // Not through exit(): threads that hang in a driver may outlive us, and would meet destroyed
  // globals.
  ::_exit(status);
}
