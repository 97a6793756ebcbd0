// The host's memory: /proc/meminfo and the NUMA nodes.

#include <cstdio>

#include "sections.hpp"

namespace accel::sim {
namespace {

std::string line(const std::string& prefix, const char* key, std::uint64_t kib) {
  char text[96];
  std::snprintf(text, sizeof text, "%s%-16s%8llu kB\n", prefix.c_str(), key,
                static_cast<unsigned long long>(kib));
  return text;
}

/// fs/proc/meminfo.c; a machine that uses about a quarter of its memory.
std::string meminfo(std::uint64_t total) {
  const std::uint64_t kib = (total >> 10) / 100 * 98;  // the kernel keeps some for itself
  const std::string none;
  return line(none, "MemTotal:", kib) + line(none, "MemFree:", kib / 100 * 60) +
         line(none, "MemAvailable:", kib / 100 * 74) + line(none, "Buffers:", kib / 1000) +
         line(none, "Cached:", kib / 100 * 14) + line(none, "SwapCached:", 0) +
         line(none, "Active:", kib / 100 * 20) + line(none, "Inactive:", kib / 100 * 10) +
         line(none, "SwapTotal:", 0) + line(none, "SwapFree:", 0) + line(none, "Dirty:", 512) +
         line(none, "Writeback:", 0) + line(none, "Shmem:", kib / 1000) +
         line(none, "Slab:", kib / 200) + line(none, "SReclaimable:", kib / 300) +
         "HugePages_Total:       0\nHugePages_Free:        0\n" + line(none, "Hugepagesize:", 2048);
}

std::string node_meminfo(std::uint32_t node, std::uint64_t total) {
  const std::uint64_t kib = (total >> 10) / 100 * 98;
  const std::string prefix = "Node " + std::to_string(node) + ' ';
  return line(prefix, "MemTotal:", kib) + line(prefix, "MemFree:", kib / 100 * 60) +
         line(prefix, "MemUsed:", kib / 100 * 40);
}

}  // namespace

void write_memory(TreeWriter& tree, const ScenarioHost& host) {
  const HostCounts counts{host.sockets, host.cores, host.threads};
  tree.file("proc/meminfo", meminfo(host.memory));
  const std::string base = "sys/devices/system/node/";
  const std::string nodes =
      host.sockets > 1 ? "0-" + std::to_string(host.sockets - 1) + '\n' : "0\n";
  for (const char* name : {"online", "possible", "has_cpu", "has_memory"}) {
    tree.file(base + name, nodes);
  }
  for (std::uint32_t node = 0; node < host.sockets; ++node) {
    const std::string dir = base + "node" + std::to_string(node) + '/';
    std::string distance;
    for (std::uint32_t other = 0; other < host.sockets; ++other) {
      distance += (other == 0 ? "" : " ") + std::string(other == node ? "10" : "21");
    }
    tree.file(dir + "cpulist", socket_cpus(counts, node) + '\n');
    tree.file(dir + "meminfo", node_meminfo(node, host.memory / host.sockets));
    tree.file(dir + "distance", distance + '\n');
  }
}

}  // namespace accel::sim
