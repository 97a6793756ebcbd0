#include "host/cpu_topology.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/number.hpp"
#include "host/cpu_list.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

constexpr std::string_view kCpus = "/sys/devices/system/cpu";

/// The core of one thread: its online threads.
Result<std::vector<int>> threads_of_core(const Machine& machine, int cpu) {
  // Documentation/ABI/stable/sysfs-devices-system-cpu; core_cpus_list is the same since 5.4.
  const auto dir = cpu_directory(machine, cpu).child("topology");
  const auto text = dir.text("thread_siblings_list");
  if (!text) return text.error();
  auto threads = parse_cpu_list(*text);
  if (!threads) return annotate(dir.source("thread_siblings_list"), threads.error());
  if (std::ranges::find(*threads, cpu) == threads->end()) {
    return Error{Errc::malformed,
                 dir.source("thread_siblings_list") + ": lacks processor " + std::to_string(cpu),
                 {},
                 {}};
  }
  return threads;
}

Result<int> socket_of(const Machine& machine, int cpu) {
  const auto dir = cpu_directory(machine, cpu).child("topology");
  const auto id = dir.integer("physical_package_id");
  if (!id) return id.error();
  if (*id < 0 || *id > 65535) {
    return Error{Errc::operation_not_supported,
                 dir.source("physical_package_id") + ": " + std::to_string(*id) +
                     ": the kernel does not know the socket",
                 {},
                 {}};
  }
  return static_cast<int>(*id);
}

/// Counts while it walks the cores, and remembers the first thing that went wrong.
struct Count {
  std::int64_t cores = 0;
  std::map<int, CpuSocket> sockets;
  std::optional<Error> core_problem;
  std::optional<Error> socket_problem;

  void add_core(const Result<int>& socket, int threads) {
    ++cores;
    if (!socket) {
      if (!socket_problem) socket_problem = socket.error();
      return;
    }
    auto& counted = sockets[*socket];
    counted.id = *socket;
    ++counted.physical_cores;
    counted.logical_cores += threads;
  }
};

Reading<std::int64_t> counted(std::int64_t number, const std::optional<Error>& problem,
                              std::string source, SteadyTime time) {
  if (problem) return {absence_of(*problem), std::move(source), time};
  return {number, std::move(source), time};
}

}  // namespace

base::Dir cpu_directory(const Machine& machine, int cpu) {
  return directory(machine, kCpus).child("cpu" + std::to_string(cpu));
}

CpuTopology read_topology(const Machine& machine, CpuInfo& cpu) {
  CpuTopology topology;
  const auto time = machine.clock->steady();
  const auto dir = directory(machine, kCpus);
  const auto online = text_field(machine, dir, "online");
  const auto list = online ? parse_cpu_list(*online) : Result<std::vector<int>>{};
  if (!online || !list || list->empty()) {
    const Absence why = !online ? online.absence()
                        : list  ? unsupported(online.source() + ": empty")
                                : absence_of(annotate(online.source(), list.error()));
    cpu.logical_cores = {why, online.source(), time};
    cpu.physical_cores = {why, online.source(), time};
    cpu.socket_count = {why, online.source(), time};
    return topology;
  }
  topology.online = *list;
  cpu.logical_cores = {static_cast<std::int64_t>(list->size()), online.source(), time};

  Count count;
  std::set<int> seen;
  for (const int thread : topology.online) {
    if (seen.contains(thread)) continue;
    topology.first_threads.push_back(thread);
    const auto threads = threads_of_core(machine, thread);
    if (!threads) {
      if (!count.core_problem) count.core_problem = threads.error();
      continue;
    }
    seen.insert(threads->begin(), threads->end());
    const auto running = std::ranges::count_if(*threads, [&](int sibling) {
      return std::ranges::binary_search(topology.online, sibling);
    });
    count.add_core(socket_of(machine, thread), static_cast<int>(running));
  }

  if (!count.socket_problem) count.socket_problem = count.core_problem;
  const auto pattern = dir.source("cpu*/topology/");
  cpu.physical_cores =
      counted(count.cores, count.core_problem, pattern + "thread_siblings_list", time);
  cpu.socket_count = counted(static_cast<std::int64_t>(count.sockets.size()), count.socket_problem,
                             pattern + "physical_package_id", time);
  if (!count.socket_problem) {
    for (const auto& [id, socket] : count.sockets) cpu.sockets.push_back(socket);
  }
  return topology;
}

void count_from_cpuinfo(const CpuinfoText& cpuinfo, CpuInfo& cpu) {
  std::int64_t threads = 0;
  bool complete = true;
  std::map<int, std::pair<std::set<std::int64_t>, int>> sockets;  // cores and threads of each
  for (const auto& block : cpuinfo.blocks) {
    if (block.value("processor").empty()) continue;
    ++threads;
    const auto socket = base::parse_integer(block.value("physical id"));
    const auto core = base::parse_integer(block.value("core id"));
    if (!socket || !core || *socket < 0 || *socket > 65535) {
      complete = false;
      continue;
    }
    auto& [cores, running] = sockets[static_cast<int>(*socket)];
    cores.insert(*core);
    ++running;
  }
  if (threads == 0) return;
  cpu.logical_cores = {threads, cpuinfo.source, cpuinfo.time};
  if (!complete) return;

  std::int64_t cores = 0;
  for (const auto& [id, found] : sockets) {
    const auto here = found.first.size();
    cores += static_cast<std::int64_t>(here);
    cpu.sockets.push_back({id, static_cast<int>(here), found.second});
  }
  cpu.physical_cores = {cores, cpuinfo.source, cpuinfo.time};
  cpu.socket_count = {static_cast<std::int64_t>(sockets.size()), cpuinfo.source, cpuinfo.time};
}

}  // namespace accel::host
