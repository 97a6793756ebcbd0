// Sending a signal to a program that was shown, and to no other: numbers of processes are used
// again.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "accel/machine.hpp"
#include "accel/result.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// When a process started, in ticks since boot: field 22 of /proc/PID/stat (proc(5)). `malformed`
/// for a text that has none.
[[nodiscard]] Result<std::int64_t> start_ticks(std::string_view stat);

/// The same program with the time it started, for send(). not_found when it has ended, or when its
/// number belongs to a program that started after the sample that showed it was taken;
/// operation_not_supported on a machine that is simulated or recorded.
[[nodiscard]] Result<Target> identify(const Machine& machine, Target target, SteadyTime sampled);

/// Only if the process is still the one that was identified.
Result<void> send_signal(const Machine& machine, const Target& target, int signal);

}  // namespace accel::cli::top
