// The host's processors: puts together what identity, topology, caches, clocks and
// control groups say.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "accel/host.hpp"
#include "base/dir.hpp"
#include "host/control_groups.hpp"
#include "host/cpu_caches.hpp"
#include "host/cpu_clocks.hpp"
#include "host/cpu_identity.hpp"
#include "host/cpu_list.hpp"
#include "host/cpu_topology.hpp"
#include "host/field.hpp"
#include "host/numa.hpp"

namespace accel::host {
namespace {

/// Enough for the first processors of any architecture. The kernel takes milliseconds to write the
/// whole file where there are hundreds.
constexpr std::size_t kBeginning = std::size_t{16} << 10;
constexpr std::size_t kWhole = std::size_t{8} << 20;

struct Cpuinfo {
  /// At a fixed place, because the blocks point into it.
  Result<std::unique_ptr<std::string>> text;
  CpuinfoText parsed;
};

Cpuinfo read_cpuinfo(const Machine& machine, std::size_t limit) {
  const auto path = machine.path("/proc/cpuinfo");
  CpuinfoText parsed{path.string(), machine.clock->steady(), {}};
  auto text = base::read_file(path, limit);
  if (!text) return {text.error(), std::move(parsed)};
  auto kept = std::make_unique<std::string>(std::move(*text));
  parsed.blocks = parse_cpuinfo(*kept);
  // The last block may be cut off.
  if (kept->size() == limit && parsed.blocks.size() > 1) parsed.blocks.pop_back();
  return {std::move(kept), std::move(parsed)};
}

bool is_beginning_of_arm(const Cpuinfo& cpuinfo) {
  return cpuinfo.text && (*cpuinfo.text)->size() == kBeginning && !cpuinfo.parsed.blocks.empty() &&
         !cpuinfo.parsed.blocks.front().value("CPU implementer").empty();
}

void fill_identity(const Machine& machine, CpuInfo& cpu) {
  auto cpuinfo = read_cpuinfo(machine, kBeginning);
  // ARM hosts may mix cores, and say so in as many blocks.
  if (is_beginning_of_arm(cpuinfo)) cpuinfo = read_cpuinfo(machine, kWhole);
  identify(machine, cpuinfo.parsed, cpu);
  if (cpuinfo.text) return;
  const auto why = absence_of(cpuinfo.text.error());
  for (auto* field : {&cpu.make, &cpu.model, &cpu.microcode}) *field = {why, cpuinfo.parsed.source};
  if (!cpu.architecture) cpu.architecture = {why, cpuinfo.parsed.source};
}

void fill_allowed(const Machine& machine, const CpuTopology& topology, CpuInfo& cpu) {
  auto allowed = allowed_to_this_program(machine);
  cpu.allowed_cpus = std::move(allowed.cpus);
  cpu.time_limit = std::move(allowed.cpu_time);
  const auto& cpus = cpu.allowed_cpus;
  if (!cpus) {
    cpu.allowed_cores = {cpus.absence(), cpus.source(), cpus.time()};
  } else if (topology.online.empty()) {
    cpu.allowed_cores = unsupported("which processors are online is not known");
  } else {
    const auto list = parse_cpu_list(*cpus).value_or(std::vector<int>{});
    const auto count = std::ranges::count_if(
        list, [&](int one) { return std::ranges::binary_search(topology.online, one); });
    cpu.allowed_cores = {static_cast<std::int64_t>(count), cpus.source(), cpus.time()};
  }
}

}  // namespace

Reading<std::string> architecture(const Machine& machine) {
  CpuInfo cpu;
  fill_identity(machine, cpu);
  return cpu.architecture;
}

CpuInfo cpu(const Machine& machine) {
  CpuInfo cpu;
  fill_identity(machine, cpu);
  const auto topology = read_topology(machine, cpu);
  if (topology.online.empty()) {
    const auto whole = read_cpuinfo(machine, kWhole);
    count_from_cpuinfo(whole.parsed, cpu);
  }
  cpu.caches = read_caches(machine, topology.first_threads);
  read_clocks(machine, topology.first_threads, cpu);
  cpu.numa_nodes = read_numa_nodes(machine);
  fill_allowed(machine, topology, cpu);
  return cpu;
}

}  // namespace accel::host
