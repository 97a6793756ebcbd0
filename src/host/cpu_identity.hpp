// Who made the processor and what it can do, as /proc/cpuinfo says in the manner of each
// architecture.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accel/cpu_info.hpp"
#include "accel/machine.hpp"
#include "host/cpuinfo.hpp"

namespace accel::host {

/// Where the blocks were read, for the readings made of them.
struct CpuinfoText {
  std::string source;
  SteadyTime time{};
  std::vector<CpuinfoBlock> blocks;  ///< perhaps only the first few
};

/// Fills in make, model, microcode and features; architecture where the machine is a recording.
void identify(const Machine& machine, const CpuinfoText& cpuinfo, CpuInfo& cpu);

/// "x86_64": of the machine whose files these are, which need not be this one.
[[nodiscard]] Reading<std::string> architecture(const Machine& machine);

}  // namespace accel::host
