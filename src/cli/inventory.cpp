#include "cli/inventory.hpp"

#include <thread>
#include <utility>

#include "accel/host.hpp"
#include "cli/problems.hpp"

namespace accel::cli {
namespace {

void read_host(const Machine& machine, HardwareInfo& hardware) {
  hardware.platform = host::platform(machine);
  hardware.cpu = host::cpu(machine);
  hardware.memory = host::memory(machine);
  hardware.storage = host::storage(machine);
  hardware.network = host::network(machine);
  hardware.software = host::software(machine);
}

}  // namespace

Result<render::Inventory> inventory(const Context& context) {
  render::Inventory found;
  found.simulated = context.machine.simulated;
  const auto system = context.system();
  {
    std::jthread host_reader([&] { read_host(context.machine, found.hardware); });
    system->discover();
  }
  const auto positions = context.chosen(*system);
  if (!positions) return positions.error();
  const auto devices = system->devices();
  for (const std::size_t position : *positions) {
    found.hardware.accelerators.push_back(*devices[position]);
  }
  found.hardware.warnings = unexposed_warnings(system->pci(), devices);
  found.problems = problems_of(context, *system, *positions);
  return found;
}

}  // namespace accel::cli
