// The processors: /proc/cpuinfo, /proc/stat and sys/devices/system/cpu.

#include <cmath>
#include <cstdio>

#include "sections.hpp"

namespace accel::sim {
namespace {

struct Cpu {
  std::uint32_t number;
  std::uint32_t socket;
  std::uint32_t core;
};

std::uint32_t cpu_count(const ScenarioHost& host) {
  return host.sockets * host.cores * host.threads;
}

/// Threads of one core are a machine apart: 0 and 112 on a machine of 112 cores, as Linux counts.
Cpu cpu_at(const ScenarioHost& host, std::uint32_t number) {
  const std::uint32_t core = number % (host.sockets * host.cores);
  return {number, core / host.cores, core % host.cores};
}

std::string thread_list(const ScenarioHost& host, const Cpu& cpu) {
  std::string list;
  for (std::uint32_t thread = 0; thread < host.threads; ++thread) {
    if (!list.empty()) list += ',';
    list += std::to_string(thread * host.sockets * host.cores + cpu.socket * host.cores + cpu.core);
  }
  return list;
}

void write_topology(TreeWriter& tree, const ScenarioHost& host, const Cpu& cpu) {
  const HostCounts counts{host.sockets, host.cores, host.threads};
  const std::string dir = "sys/devices/system/cpu/cpu" + std::to_string(cpu.number) + "/topology/";
  const std::string threads = thread_list(host, cpu) + '\n';
  const std::string package = socket_cpus(counts, cpu.socket) + '\n';
  tree.constant(dir + "core_id", std::to_string(cpu.core) + '\n');
  tree.constant(dir + "physical_package_id", std::to_string(cpu.socket) + '\n');
  tree.constant(dir + "die_id", "0\n");
  tree.constant(dir + "thread_siblings_list", threads);
  tree.constant(dir + "core_cpus_list", threads);
  tree.constant(dir + "core_siblings_list", package);
  tree.constant(dir + "package_cpus_list", package);
}

void write_cache(TreeWriter& tree, const ScenarioHost& host, const Cpu& cpu,
                 const ScenarioCache& cache, const std::string& index) {
  const HostCounts counts{host.sockets, host.cores, host.threads};
  const std::string base = "sys/devices/system/cpu/cpu";
  const std::string path = base + std::to_string(cpu.number) + "/cache/" + index;
  if (cache.shared && cpu.core != 0) {
    const std::uint32_t first = cpu.socket * host.cores;
    return tree.link_to(path, base + std::to_string(first) + "/cache/" + index);
  }
  const std::string dir = path + '/';
  const std::uint32_t id = cache.shared ? cpu.socket : cpu.socket * host.cores + cpu.core;
  tree.constant(dir + "level", std::to_string(cache.level) + '\n');
  tree.constant(dir + "type", cache.type + '\n');
  tree.constant(dir + "size", std::to_string(cache.size >> 10) + "K\n");
  tree.constant(dir + "shared_cpu_list",
                (cache.shared ? socket_cpus(counts, cpu.socket) : thread_list(host, cpu)) + '\n');
  tree.constant(dir + "id", std::to_string(id) + '\n');
}

void write_core(TreeWriter& tree, const ScenarioHost& host, const Cpu& cpu) {
  write_topology(tree, host, cpu);
  std::size_t index = 0;
  for (const ScenarioCache& cache : host.caches) {
    write_cache(tree, host, cpu, cache, "index" + std::to_string(index++));
  }
}

/// A further thread of a core: all that its folder says is what the first thread's says.
void write_thread(TreeWriter& tree, const ScenarioHost& host, const Cpu& cpu) {
  const std::string base = "sys/devices/system/cpu/cpu";
  const std::string own = base + std::to_string(cpu.number);
  const std::string first = base + std::to_string(cpu.socket * host.cores + cpu.core);
  tree.link_to(own + "/topology", first + "/topology");
  if (!host.caches.empty()) tree.link_to(own + "/cache", first + "/cache");
}

/// All processors of a socket share one clock.
void write_frequency(TreeWriter& tree, const ScenarioHost& host, std::uint32_t socket) {
  const HostCounts counts{host.sockets, host.cores, host.threads};
  const std::string policy =
      "sys/devices/system/cpu/cpufreq/policy" + std::to_string(socket * host.cores) + '/';
  const std::uint32_t span = host.mhz_max - std::min(host.mhz_min, host.mhz_max);
  const std::uint32_t now = host.mhz_min + static_cast<std::uint32_t>(span * host.load);
  tree.file(policy + "affected_cpus", socket_cpus(counts, socket) + '\n');
  tree.file(policy + "scaling_driver", "acpi-cpufreq\n");
  tree.file(policy + "scaling_governor", "schedutil\n");
  tree.file(policy + "cpuinfo_min_freq", std::to_string(host.mhz_min * 1000) + '\n');
  tree.file(policy + "cpuinfo_max_freq", std::to_string(host.mhz_max * 1000) + '\n');
  tree.file(policy + "scaling_min_freq", std::to_string(host.mhz_min * 1000) + '\n');
  tree.file(policy + "scaling_max_freq", std::to_string(host.mhz_max * 1000) + '\n');
  tree.file(policy + "scaling_cur_freq", std::to_string(now * 1000) + '\n');
}

std::string cpuinfo_entry(const ScenarioHost& host, const Cpu& cpu) {
  const auto line = [](const char* key, const std::string& value) {
    return std::string(key) + ": " + value + '\n';
  };
  const auto number = [](std::uint32_t value) { return std::to_string(value); };
  // Tabs as arch/x86/kernel/cpu/proc.c prints them.
  return line("processor\t", number(cpu.number)) + line("vendor_id\t", host.cpu_vendor) +
         line("cpu family\t", number(host.cpu_family)) +
         line("model\t\t", number(host.cpu_model_number)) + line("model name\t", host.cpu_model) +
         line("stepping\t", number(host.cpu_stepping)) +
         line("cpu MHz\t\t", number(host.mhz_min) + ".000") +
         line("physical id\t", number(cpu.socket)) +
         line("siblings\t", number(host.cores * host.threads)) +
         line("core id\t\t", number(cpu.core)) + line("cpu cores\t", number(host.cores)) +
         line("flags\t\t", host.cpu_flags) +
         line("address sizes\t", "46 bits physical, 57 bits virtual") + '\n';
}

}  // namespace

std::string socket_cpus(const HostCounts& host, std::uint32_t socket) {
  std::string list;
  for (std::uint32_t thread = 0; thread < host.threads; ++thread) {
    const std::uint32_t first = thread * host.sockets * host.cores + socket * host.cores;
    if (!list.empty()) list += ',';
    list += std::to_string(first);
    if (host.cores > 1) list += '-' + std::to_string(first + host.cores - 1);
  }
  return list;
}

std::string processor_times(std::uint32_t processors, double load, double seconds,
                            std::int64_t boot_time) {
  // Units of USER_HZ, 1/100 s (proc_stat(5)): user nice system idle iowait irq softirq ...
  const auto ticks = static_cast<std::uint64_t>(seconds * 100);
  const auto user = static_cast<std::uint64_t>(static_cast<double>(ticks) * load * 0.85);
  const auto system = static_cast<std::uint64_t>(static_cast<double>(ticks) * load * 0.15);
  const std::uint64_t idle = ticks - std::min(ticks, user + system);
  const auto line = [&](const std::string& name, std::uint64_t n) {
    return name + ' ' + std::to_string(user * n) + " 0 " + std::to_string(system * n) + ' ' +
           std::to_string(idle * n) + " 0 0 0 0 0 0\n";
  };
  std::string text = line("cpu ", processors);
  for (std::uint32_t i = 0; i < processors; ++i) text += line("cpu" + std::to_string(i), 1);
  return text + "ctxt 0\nbtime " + std::to_string(boot_time) +
         "\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n";
}

void write_cpus(TreeWriter& tree, const ScenarioHost& host) {
  const std::uint32_t count = cpu_count(host);
  const std::string all = count > 1 ? "0-" + std::to_string(count - 1) + '\n' : "0\n";
  for (const char* name : {"online", "present", "possible"}) {
    tree.file(std::string("sys/devices/system/cpu/") + name, all);
  }
  for (std::uint32_t socket = 0; socket < host.sockets; ++socket) {
    write_frequency(tree, host, socket);
  }
  std::string cpuinfo;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Cpu cpu = cpu_at(host, i);
    if (i < host.sockets * host.cores) {
      write_core(tree, host, cpu);
    } else {
      write_thread(tree, host, cpu);
    }
    tree.link_to("sys/devices/system/cpu/cpu" + std::to_string(i) + "/cpufreq",
                 "sys/devices/system/cpu/cpufreq/policy" + std::to_string(cpu.socket * host.cores));
    cpuinfo += cpuinfo_entry(host, cpu);
  }
  tree.file("proc/cpuinfo", cpuinfo);
  tree.file("proc/stat", processor_times(count, host.load, 86400, 0));
}

}  // namespace accel::sim
