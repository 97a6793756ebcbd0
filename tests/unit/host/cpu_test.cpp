#include "accel/host.hpp"

#include <gtest/gtest.h>

#include "host_trees.hpp"

namespace accel::host {
namespace {

using namespace accel::testing;  // NOLINT(google-build-using-namespace): trees and nothing else

struct CacheFact {
  int level;
  std::string type;
  std::int64_t size;  ///< -1: not known
  int instances;
  bool operator==(const CacheFact&) const = default;
};

std::vector<CacheFact> facts(const std::vector<CpuCache>& caches) {
  std::vector<CacheFact> found;
  for (const auto& cache : caches) {
    found.push_back(
        {cache.level, cache.type, cache.size ? cache.size->value : -1, cache.instances});
  }
  return found;
}

TEST(Cpu, CountsTwoSocketsOfX86) {
  FakeTree tree;
  add_two_socket_x86(tree);

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.socket_count.optional(), 2);
  EXPECT_EQ(cpu.physical_cores.optional(), 4);
  EXPECT_EQ(cpu.logical_cores.optional(), 8);
  ASSERT_EQ(cpu.sockets.size(), 2U);
  EXPECT_EQ(cpu.sockets[1].id, 1);
  EXPECT_EQ(cpu.sockets[1].physical_cores, 2);
  EXPECT_EQ(cpu.sockets[1].logical_cores, 4);
}

TEST(Cpu, NamesAnX86Processor) {
  FakeTree tree;
  add_two_socket_x86(tree);

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.make.optional(), "GenuineIntel");
  EXPECT_EQ(cpu.model.optional(), "Intel(R) Xeon(R) Platinum 8480C @ 2.00GHz");
  EXPECT_EQ(cpu.architecture.optional(), "x86_64");
  EXPECT_EQ(cpu.microcode.optional(), "0x2b000590");
  EXPECT_EQ(cpu.features, (std::vector<std::string>{"sse2", "avx2", "avx512f", "avx512_fp16",
                                                    "amx_bf16", "amx_tile", "amx_int8", "aes"}));
  EXPECT_EQ(cpu.model.source(), (tree.root() / "proc/cpuinfo").string());
}

TEST(Cpu, CountsEachCacheOnce) {
  FakeTree tree;
  add_two_socket_x86(tree);

  const std::vector<CacheFact> expected{{1, "Data", 49152, 4},
                                        {1, "Instruction", 32768, 4},
                                        {2, "Unified", 2097152, 4},
                                        {3, "Unified", 110100480, 2}};
  EXPECT_EQ(facts(host::cpu(machine_at(tree)).caches), expected);
}

TEST(Cpu, ReadsClocksFromTheFrequencyDriver) {
  FakeTree tree;
  add_two_socket_x86(tree);

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.base_clock.optional(), megahertz(2000));
  EXPECT_EQ(cpu.boost_clock.optional(), megahertz(3900)) << "of the fastest core";
  EXPECT_EQ(cpu.current_clock.optional(), megahertz(1950)) << "the mean";
}

TEST(Cpu, TakesNoClockFromTheModelName) {
  FakeTree tree;
  tree.file("proc/cpuinfo", x86_block(0, 0, 0)).file("sys/devices/system/cpu/online", "0\n");
  add_cpu_place(tree, {0, 0, 0, "0"});

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_FALSE(cpu.base_clock);
  EXPECT_EQ(cpu.base_clock.status(), ReadingStatus::unsupported);
  EXPECT_NE(cpu.base_clock.reason().find("cpu0/cpufreq/base_frequency"), std::string::npos);
  EXPECT_FALSE(cpu.boost_clock);
  EXPECT_EQ(cpu.current_clock.optional(), megahertz(2000)) << "the kernel's own statement";
  EXPECT_NE(cpu.current_clock.source().find("(cpu MHz)"), std::string::npos);
}

TEST(Cpu, ReadsTheNominalClockWhereTheDriverHasNoBase) {
  FakeTree tree;
  tree.file("sys/devices/system/cpu/online", "0\n")
      .file("sys/devices/system/cpu/cpu0/acpi_cppc/nominal_freq", "2450\n");
  add_cpu_place(tree, {0, 0, 0, "0"});

  EXPECT_EQ(host::cpu(machine_at(tree)).base_clock.optional(), megahertz(2450));
}

TEST(Cpu, SaysHowManyCoresGaveTheirClock) {
  FakeTree tree;
  add_two_socket_x86(tree);
  tree.remove("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq");

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.current_clock.optional(), megahertz(1967) + hertz(-333333));
  EXPECT_NE(cpu.current_clock.source().find("3 of 4 cores"), std::string::npos);
}

TEST(Cpu, ReadsNumaNodesWithMemoryAndDistances) {
  FakeTree tree;
  add_two_socket_x86(tree);

  const auto nodes = host::cpu(machine_at(tree)).numa_nodes;
  ASSERT_EQ(nodes.size(), 2U);
  EXPECT_EQ(nodes[1].id, 1);
  EXPECT_EQ(nodes[1].cpus.optional(), "2-3,6-7");
  EXPECT_EQ(nodes[1].memory_total.optional(), kibibytes(132'000'000));
  EXPECT_EQ(nodes[1].memory_free.optional(), kibibytes(1024));
  EXPECT_EQ(nodes[1].distances, (std::vector<int>{21, 10}));
}

TEST(Cpu, KeepsANodeOfMemoryWithoutProcessors) {
  FakeTree tree;
  add_two_socket_x86(tree);
  add_numa_node(tree, 2, "", 64'000'000, "14 24 10");

  const auto nodes = host::cpu(machine_at(tree)).numa_nodes;
  ASSERT_EQ(nodes.size(), 3U);
  EXPECT_EQ(nodes[2].cpus.optional(), "");
  EXPECT_EQ(nodes[2].memory_total.optional(), kibibytes(64'000'000));
}

TEST(Cpu, LeavesOutThreadsThatAreOffline) {
  FakeTree tree;
  add_two_socket_x86(tree);
  tree.file("sys/devices/system/cpu/online", "0-3\n");

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.logical_cores.optional(), 4);
  EXPECT_EQ(cpu.physical_cores.optional(), 4);
  EXPECT_EQ(cpu.sockets.at(0).logical_cores, 2);
}

TEST(Cpu, NamesTheCoresOfAMixedArmHost) {
  FakeTree tree;
  add_arm(tree);

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.make.optional(), "ARM");
  EXPECT_EQ(cpu.model.optional(), "Cortex-A55 + Cortex-A76");
  EXPECT_EQ(cpu.architecture.optional(), "aarch64");
  EXPECT_EQ(cpu.microcode.status(), ReadingStatus::unsupported);
  EXPECT_EQ(cpu.socket_count.optional(), 1);
  EXPECT_EQ(cpu.physical_cores.optional(), 6);
  EXPECT_EQ(cpu.features, (std::vector<std::string>{"asimd", "aes", "pmull", "sha2", "atomics",
                                                    "fphp", "asimdhp", "asimddp", "sve", "i8mm"}));
  EXPECT_TRUE(cpu.numa_nodes.empty());
}

TEST(Cpu, DoesNotGuessTheSizeOfAnArmCache) {
  FakeTree tree;
  add_arm(tree);

  const auto caches = host::cpu(machine_at(tree)).caches;
  const std::vector<CacheFact> expected{{1, "Data", -1, 6},
                                        {1, "Instruction", -1, 6},
                                        {2, "Unified", 524288, 2},
                                        {3, "Unified", 3145728, 1}};
  EXPECT_EQ(facts(caches), expected);
  EXPECT_EQ(caches.at(0).size.status(), ReadingStatus::unsupported);
}

TEST(Cpu, GivesTheNumbersOfAnArmCoreWithoutAName) {
  FakeTree tree;
  tree.file("proc/cpuinfo",
            "processor\t: 0\nCPU implementer\t: 0x99\nCPU architecture: 8\nCPU part\t: 0xabc\n");

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_FALSE(cpu.make);
  EXPECT_FALSE(cpu.model);
  EXPECT_NE(cpu.model.reason().find("'0x99'"), std::string::npos);
  EXPECT_NE(cpu.model.reason().find("'0xabc'"), std::string::npos);
}

TEST(Cpu, ReadsARiscvHost) {
  FakeTree tree;
  add_riscv(tree);

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.make.optional(), "sifive");
  EXPECT_EQ(cpu.model.optional(), "sifive,u74-mc");
  EXPECT_EQ(cpu.architecture.optional(), "riscv64");
  EXPECT_EQ(cpu.features, (std::vector<std::string>{"f", "d", "v", "zba", "zbb", "zvfh"}));
  EXPECT_EQ(cpu.physical_cores.optional(), 4);
  EXPECT_EQ(facts(cpu.caches),
            (std::vector<CacheFact>{
                {1, "Data", 32768, 4}, {1, "Instruction", 32768, 4}, {2, "Unified", 2097152, 1}}));
}

TEST(Cpu, CountsFromCpuinfoWhereSysfsIsMissing) {
  FakeTree tree;
  tree.file("proc/cpuinfo",
            x86_block(0, 0, 0) + x86_block(1, 0, 1) + x86_block(2, 0, 0) + x86_block(3, 1, 0));

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.logical_cores.optional(), 4);
  EXPECT_EQ(cpu.physical_cores.optional(), 3);
  EXPECT_EQ(cpu.socket_count.optional(), 2);
  EXPECT_EQ(cpu.sockets.at(0).logical_cores, 3);
}

TEST(Cpu, DoesNotCountSocketsThatTheKernelDoesNotKnow) {
  FakeTree tree;
  tree.file("sys/devices/system/cpu/online", "0\n");
  add_cpu_place(tree, {0, -1, 0, "0"});

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_EQ(cpu.physical_cores.optional(), 1);
  EXPECT_EQ(cpu.socket_count.status(), ReadingStatus::unsupported);
  EXPECT_TRUE(cpu.sockets.empty());
}

TEST(Cpu, CountsNoCoresWhenOneOfThemIsUnreadable) {
  FakeTree tree;
  add_two_socket_x86(tree);
  tree.remove("sys/devices/system/cpu/cpu2/topology/thread_siblings_list")
      .remove("sys/devices/system/cpu/cpu6/topology/thread_siblings_list");

  const auto cpu = host::cpu(machine_at(tree));
  EXPECT_FALSE(cpu.physical_cores);
  EXPECT_NE(cpu.physical_cores.reason().find("cpu2/topology"), std::string::npos);
  EXPECT_EQ(cpu.logical_cores.optional(), 8) << "is known all the same";
}

TEST(Cpu, OfAnEmptyRootKnowsNothingAndSaysWhy) {
  const FakeTree tree;

  const auto cpu = host::cpu(machine_at(tree));
  for (const auto* field : {&cpu.make, &cpu.model, &cpu.architecture, &cpu.microcode}) {
    EXPECT_FALSE(*field);
    EXPECT_FALSE(field->reason().empty());
  }
  for (const auto* field : {&cpu.socket_count, &cpu.physical_cores, &cpu.logical_cores}) {
    EXPECT_FALSE(*field);
    EXPECT_FALSE(field->reason().empty());
  }
  for (const auto* field : {&cpu.base_clock, &cpu.boost_clock, &cpu.current_clock}) {
    EXPECT_FALSE(*field);
    EXPECT_FALSE(field->reason().empty());
  }
  EXPECT_TRUE(cpu.caches.empty());
}

}  // namespace
}  // namespace accel::host
