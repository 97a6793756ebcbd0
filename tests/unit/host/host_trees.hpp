// File trees of hosts in the formats of the kernel, with invented values.
#pragma once

#include <string>
#include <vector>

#include "accel/machine.hpp"
#include "support/fake_tree.hpp"

namespace accel::testing {

[[nodiscard]] inline Machine machine_at(const FakeTree& tree) {
  return Machine{.root = tree.root()};
}

struct CpuPlace {
  int cpu;
  int socket;
  int core;
  std::string siblings;
};

inline void add_cpu_place(FakeTree& tree, const CpuPlace& place) {
  const std::string topology =
      "sys/devices/system/cpu/cpu" + std::to_string(place.cpu) + "/topology/";
  tree.file(topology + "physical_package_id", std::to_string(place.socket) + "\n")
      .file(topology + "core_id", std::to_string(place.core) + "\n")
      .file(topology + "thread_siblings_list", place.siblings + "\n");
}

struct CacheRow {
  int cpu;
  int index;
  int level;
  std::string type;
  std::string size;  ///< empty: no such file
  std::string shared;
};

inline void add_cache(FakeTree& tree, const CacheRow& row) {
  const std::string index = "sys/devices/system/cpu/cpu" + std::to_string(row.cpu) +
                            "/cache/index" + std::to_string(row.index) + "/";
  tree.file(index + "level", std::to_string(row.level) + "\n")
      .file(index + "type", row.type + "\n")
      .file(index + "shared_cpu_list", row.shared + "\n");
  if (!row.size.empty()) tree.file(index + "size", row.size + "\n");
}

inline void add_clocks(FakeTree& tree, int cpu, int current, int fastest, int base) {
  const std::string dir = "sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/cpufreq/";
  tree.file(dir + "scaling_cur_freq", std::to_string(current) + "\n")
      .file(dir + "cpuinfo_max_freq", std::to_string(fastest) + "\n")
      .file(dir + "base_frequency", std::to_string(base) + "\n");
}

inline void add_numa_node(FakeTree& tree, int node, const std::string& cpus, int kibibytes,
                          const std::string& distance) {
  const std::string dir = "sys/devices/system/node/node" + std::to_string(node) + "/";
  const std::string line = "Node " + std::to_string(node) + " ";
  tree.file(dir + "cpulist", cpus + "\n")
      .file(dir + "meminfo", "\n" + line + "MemTotal:       " + std::to_string(kibibytes) +
                                 " kB\n" + line + "MemFree:        1024 kB\n")
      .file(dir + "distance", distance + "\n");
}

inline std::string x86_block(int cpu, int socket, int core) {
  return "processor\t: " + std::to_string(cpu) +
         "\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 143\n"
         "model name\t: Intel(R) Xeon(R) Platinum 8480C @ 2.00GHz\nstepping\t: 8\n"
         "microcode\t: 0x2b000590\ncpu MHz\t\t: 2000.000\nphysical id\t: " +
         std::to_string(socket) + "\nsiblings\t: 4\ncore id\t\t: " + std::to_string(core) +
         "\ncpu cores\t: 2\nflags\t\t: fpu lm sse2 avx2 avx512f avx512_fp16 amx_bf16 amx_tile "
         "amx_int8 hypervisor_not aes\nbugs\t\t:\n\n";
}

/// Two sockets of two cores of two threads: threads 0-3 are the cores' first, 4-7 the second.
inline void add_two_socket_x86(FakeTree& tree) {
  tree.file("sys/devices/system/cpu/online", "0-7\n").file("proc/sys/kernel/arch", "x86_64\n");
  std::string cpuinfo;
  for (int cpu = 0; cpu < 8; ++cpu) {
    const int core = cpu % 4;
    const int socket = core / 2;
    const std::string siblings = std::to_string(core) + "," + std::to_string(core + 4);
    const std::string all = socket == 0 ? "0-1,4-5" : "2-3,6-7";
    cpuinfo += x86_block(cpu, socket, core % 2);
    add_cpu_place(tree, {cpu, socket, core % 2, siblings});
    add_cache(tree, {cpu, 0, 1, "Data", "48K", siblings});
    add_cache(tree, {cpu, 1, 1, "Instruction", "32K", siblings});
    add_cache(tree, {cpu, 2, 2, "Unified", "2048K", siblings});
    add_cache(tree, {cpu, 3, 3, "Unified", "107520K", all});
    add_clocks(tree, cpu, 1'800'000 + 100'000 * core, core == 3 ? 3'900'000 : 3'800'000, 2'000'000);
  }
  tree.file("proc/cpuinfo", cpuinfo);
  add_numa_node(tree, 0, "0-1,4-5", 131'000'000, "10 21");
  add_numa_node(tree, 1, "2-3,6-7", 132'000'000, "21 10");
}

/// Two sockets of one core each: few files, for tests that try each of them.
inline void add_small_x86(FakeTree& tree) {
  tree.file("sys/devices/system/cpu/online", "0-1\n")
      .file("proc/sys/kernel/arch", "x86_64\n")
      .file("proc/cpuinfo", x86_block(0, 0, 0) + x86_block(1, 1, 0));
  for (int cpu = 0; cpu < 2; ++cpu) {
    const std::string self = std::to_string(cpu);
    add_cpu_place(tree, {cpu, cpu, 0, self});
    add_cache(tree, {cpu, 0, 1, "Data", "48K", self});
    add_clocks(tree, cpu, 2'000'000, 3'800'000, 2'000'000);
    add_numa_node(tree, cpu, self, 131'000'000, cpu == 0 ? "10 21" : "21 10");
  }
}

/// A Rockchip-like host: four Cortex-A55 and two Cortex-A76, no SMT, no NUMA; the small cores have
/// no L2 of their own worth a file, and the kernel knows no cache sizes.
inline void add_arm(FakeTree& tree) {
  tree.file("sys/devices/system/cpu/online", "0-5\n");
  std::string cpuinfo;
  for (int cpu = 0; cpu < 6; ++cpu) {
    const bool is_big = cpu >= 4;
    cpuinfo += "processor\t: " + std::to_string(cpu) +
               "\nBogoMIPS\t: 48.00\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 "
               "atomics fphp asimdhp asimddp sve i8mm\nCPU implementer\t: 0x41\nCPU "
               "architecture: 8\nCPU variant\t: 0x2\nCPU part\t: " +
               (is_big ? "0xd0b" : "0xd05") + "\nCPU revision\t: 0\n\n";
    add_cpu_place(tree, {cpu, 0, cpu, std::to_string(cpu)});
    add_cache(tree, {cpu, 0, 1, "Data", "", std::to_string(cpu)});
    add_cache(tree, {cpu, 1, 1, "Instruction", "", std::to_string(cpu)});
    if (is_big) add_cache(tree, {cpu, 2, 2, "Unified", "512K", std::to_string(cpu)});
    add_cache(tree, {cpu, is_big ? 3 : 2, 3, "Unified", "3072K", "0-5"});
  }
  tree.file("proc/cpuinfo", cpuinfo + "Serial\t\t: 0000000000000000\n");
}

/// A SiFive U740-like host of four cores.
inline void add_riscv(FakeTree& tree) {
  tree.file("sys/devices/system/cpu/online", "0-3\n");
  std::string cpuinfo;
  for (int cpu = 0; cpu < 4; ++cpu) {
    cpuinfo += "processor\t: " + std::to_string(cpu) + "\nhart\t\t: " + std::to_string(cpu + 1) +
               "\nisa\t\t: rv64imafdcv_zicbom_zicsr_zba_zbb_zvfh\nmmu\t\t: sv39\n"
               "uarch\t\t: sifive,u74-mc\nmvendorid\t: 0x489\nmarchid\t\t: 0x8000000000000007\n\n";
    add_cpu_place(tree, {cpu, 0, cpu, std::to_string(cpu)});
    add_cache(tree, {cpu, 0, 1, "Data", "32K", std::to_string(cpu)});
    add_cache(tree, {cpu, 1, 1, "Instruction", "32K", std::to_string(cpu)});
    add_cache(tree, {cpu, 2, 2, "Unified", "2048K", "0-3"});
  }
  tree.file("proc/cpuinfo", cpuinfo);
}

}  // namespace accel::testing
