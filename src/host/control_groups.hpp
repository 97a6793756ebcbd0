// What of the host's processors and memory this program may use: a container has less than the
// host that it sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"
#include "accel/reading.hpp"
#include "accel/result.hpp"
#include "accel/units.hpp"
#include "base/dir.hpp"
#include "host/mounts.hpp"

namespace accel::host {

struct Allowed {
  Reading<std::string> cpus;  ///< "0-3": by affinity and cpuset
  Reading<double> cpu_time;   ///< in processors; unsupported where no group sets a limit
  Reading<Bytes> memory;      ///< likewise
};

/// The tightest limits of the control groups, of version 1 or 2, that this program is in.
[[nodiscard]] Allowed allowed_to_this_program(const Machine& machine);

/// The group of a controller, and those around it up to the top that is visible, in the text of
/// /proc/self/cgroup and the mounts. Several where versions 1 and 2 are used side by side.
[[nodiscard]] std::vector<base::Dir> control_groups(const Machine& machine, std::string_view text,
                                                    const std::vector<Mount>& mounts,
                                                    std::string_view controller);

/// "150000 100000" → 1.5, "max 100000" → 0: no limit.
[[nodiscard]] Result<double> cpu_time_limit(std::string_view text);

}  // namespace accel::host
