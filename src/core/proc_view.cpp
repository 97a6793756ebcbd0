#include "core/proc_view.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "base/dir.hpp"
#include "base/place.hpp"

namespace accel {
namespace {

using base::Dir;

/// Takes what stands before `end` off `text`, and the `end` too.
std::string_view take_until(std::string_view& text, char end) {
  const auto part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// Of the whole machine, the second program is the kernel's own, which starts all of its threads
/// (kernel/kthread.c); a namespace has another there, or none.
bool is_namespace(const Dir& proc) {
  if (!proc.child("1").exists()) return false;
  const auto second = proc.child("2").text("comm");
  return !second || *second != "kthreadd";
}

}  // namespace

bool hides_programs(std::string_view mounts) {
  // Documentation/filesystems/proc.rst, "Mount options". With "1" and "noaccess" programs are seen,
  // and only may not be looked at.
  constexpr std::array<std::string_view, 4> hiding{"hidepid=2", "hidepid=invisible", "hidepid=4",
                                                   "hidepid=ptraceable"};
  bool hides = false;
  while (!mounts.empty()) {
    std::string_view line = take_until(mounts, '\n');
    take_until(line, ' ');
    const auto where = take_until(line, ' ');
    const auto type = take_until(line, ' ');
    std::string_view options = take_until(line, ' ');
    if (where != "/proc" || type != "proc") continue;
    hides = false;  // The mount over it counts.
    while (!options.empty()) {
      if (std::ranges::find(hiding, take_until(options, ',')) != hiding.end()) hides = true;
    }
  }
  return hides;
}

ProcView proc_view(const Machine& machine) {
  const Dir proc(machine.path("/proc"));
  std::error_code failure;
  static_cast<void>(base::names_in(proc.path(), failure));
  if (failure) {
    const bool denied = failure == std::errc::permission_denied;
    return {false, Absence{denied ? ReadingStatus::no_permission : ReadingStatus::unsupported,
                           proc.path().string() + ": " + failure.message(), ""}};
  }
  if (is_namespace(proc)) {
    return {true,
            Absence{ReadingStatus::no_permission,
                    proc.source("2") + " is not the kernel's: /proc shows the programs of one pid "
                                       "namespace only",
                    "run it in the host's pid namespace (docker run --pid=host, hostPID: "
                    "true)"}};
  }
  const auto mounts = base::read_file(proc.source("mounts"));
  if (mounts && hides_programs(*mounts) && ::geteuid() != 0) {
    return {false, Absence{ReadingStatus::no_permission,
                           proc.source("mounts") +
                               ": /proc is mounted with hidepid, which hides the programs of "
                               "other users",
                           "run as root, or with CAP_SYS_PTRACE"}};
  }
  return {};
}

}  // namespace accel
