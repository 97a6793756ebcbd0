// Which threads share a core and which cores share a socket.
#pragma once

#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/machine.hpp"
#include "base/dir.hpp"
#include "host/cpu_identity.hpp"

namespace accel::host {

struct CpuTopology {
  std::vector<int> online;
  std::vector<int> first_threads;  ///< one online thread of each core; every thread if unknown
};

/// Fills in the counts and the sockets, from sysfs.
[[nodiscard]] CpuTopology read_topology(const Machine& machine, CpuInfo& cpu);

/// The same from the whole of /proc/cpuinfo, where sysfs has nothing.
void count_from_cpuinfo(const CpuinfoText& cpuinfo, CpuInfo& cpu);

/// "/sys/devices/system/cpu/cpu7"
[[nodiscard]] base::Dir cpu_directory(const Machine& machine, int cpu);

}  // namespace accel::host
