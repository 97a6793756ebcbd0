// The host's memory: puts together what the kernel, the firmware and the memory controllers say.
#include "accel/host.hpp"
#include "host/control_groups.hpp"
#include "host/edac.hpp"
#include "host/meminfo.hpp"
#include "host/memory_modules.hpp"
#include "host/persistent_memory.hpp"

namespace accel::host {

MemoryInfo memory(const Machine& machine) {
  MemoryInfo memory;
  const auto meminfo = read_meminfo(machine, machine.path("/proc/meminfo"));
  memory.total = meminfo.amount("MemTotal");
  memory.free = meminfo.amount("MemFree");
  memory.available = meminfo.amount("MemAvailable");
  memory.limit = allowed_to_this_program(machine).memory;
  memory.swap_total = meminfo.amount("SwapTotal");
  memory.swap_free = meminfo.amount("SwapFree");

  auto edac = read_edac(machine);
  memory.ecc_corrected = std::move(edac.corrected);
  memory.ecc_uncorrected = std::move(edac.uncorrected);
  memory.channels = std::move(edac.channels);
  read_memory_modules(machine, memory);
  memory.persistent = read_persistent_memory(machine);
  return memory;
}

}  // namespace accel::host
