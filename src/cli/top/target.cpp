#include "cli/top/target.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

#include "base/dir.hpp"
#include "base/number.hpp"
#include "cli/top/process_file.hpp"

namespace accel::cli::top {
namespace {

using std::chrono::nanoseconds;

Error ended(const Target& target) {
  return {Errc::not_found, std::to_string(target.pid) + " " + target.name + ": has ended", "", {}};
}

Error somebody_else(const Target& target) {
  return {Errc::not_found,
          std::to_string(target.pid) + " " + target.name +
              ": has ended, and its number is another program's now",
          "",
          {}};
}

Result<std::int64_t> started(const Machine& machine, const Target& target) {
  const auto stat =
      base::read_file(machine.path("/proc/" + std::to_string(target.pid) + "/stat").string(), 4096);
  if (!stat) return ended(target);
  return start_ticks(*stat);
}

/// Time since boot, sleep included, as the kernel counts when processes start.
nanoseconds since_boot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
}

Error refused(const Target& target, int why) {
  const std::string message =
      std::to_string(target.pid) + " " + target.name + ": " + std::generic_category().message(why);
  if (why == ESRCH) return ended(target);
  if (why == EPERM) {
    return {Errc::permission_denied, message, "run accel as the program's user, or as root", {}};
  }
  return {Errc::system_error, message, "", {}};
}

}  // namespace

Result<std::int64_t> start_ticks(std::string_view stat) {
  // The name stands in parentheses and may hold any of them: the last one ends it.
  const auto name_end = stat.rfind(')');
  const Error malformed{Errc::malformed, "/proc/PID/stat: has no start time", "", {}};
  if (name_end == std::string_view::npos) return malformed;
  stat.remove_prefix(name_end + 1);
  // What follows begins with field 3, one blank before each.
  constexpr int first = 3;
  constexpr int start = 22;
  for (int field = first; field <= start; ++field) {
    if (!stat.starts_with(' ')) return malformed;
    stat.remove_prefix(1);
    const auto text = stat.substr(0, stat.find_first_of(" \n"));
    stat.remove_prefix(text.size());
    if (field == start) return base::parse_integer(text);
  }
  return malformed;
}

Result<Target> identify(const Machine& machine, Target target, SteadyTime sampled) {
  if (!machine.is_this_machine()) {
    return Error{Errc::operation_not_supported,
                 "the programs of a machine that is simulated or recorded are not there to be sent "
                 "signals",
                 "",
                 {}};
  }
  if (target.pid <= 0) return ended(target);
  const auto ticks = started(machine, target);
  if (!ticks) return ticks.error();
  const long a_second = ::sysconf(_SC_CLK_TCK);
  const nanoseconds tick = nanoseconds(std::chrono::seconds(1)) / (a_second > 0 ? a_second : 100);
  const nanoseconds shown = since_boot() - (machine.clock->steady() - sampled);
  // Ticks are cut off: one that started with the sample may seem up to one tick older, never newer.
  if (*ticks * tick > shown) return somebody_else(target);
  target.started = *ticks;
  return target;
}

Result<void> send_signal(const Machine& machine, const Target& target, int signal) {
  // Opened before the look at its start: what is the right program after that was so before.
  const ProcessFile process(static_cast<pid_t>(target.pid));
  const int why_not = errno;
  const auto now = started(machine, target);
  if (!now) return now.error();
  if (*now != target.started) return somebody_else(target);
  int status = -1;
  if (process.get() >= 0) {
    status = process.send(signal);
  } else if (why_not == ENOSYS || why_not == EPERM) {
    // Linux before 5.3, or a container that does not allow it.
    status = ::kill(static_cast<pid_t>(target.pid), signal);
  } else {
    return refused(target, why_not);
  }
  if (status != 0) return refused(target, errno);
  return {};
}

}  // namespace accel::cli::top
