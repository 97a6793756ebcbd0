// The host's processors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accel/reading.hpp"
#include "accel/units.hpp"

namespace accel {

struct CpuCache {
  int level = 0;
  std::string type;   ///< "Data", "Instruction", "Unified"
  Bytes size;         ///< of one instance
  int instances = 0;  ///< on the whole host
};

struct CpuSocket {
  int id = 0;
  int physical_cores = 0;
  int logical_cores = 0;
};

struct NumaNode {
  int id = 0;
  std::string cpus;  ///< "0-55,112-167"
  Reading<Bytes> memory_total;
  Reading<Bytes> memory_free;
  std::vector<int> distances;  ///< to each node, in their order
};

struct CpuInfo {
  Reading<std::string> make;  ///< "GenuineIntel", "ARM"
  Reading<std::string> model;
  Reading<std::string> architecture;
  Reading<std::string> microcode;
  Reading<std::int64_t> physical_cores;
  Reading<std::int64_t> logical_cores;  ///< online
  Reading<Frequency> base_clock;
  Reading<Frequency> boost_clock;
  Reading<Frequency> current_clock;  ///< mean over the online cores
  std::vector<CpuSocket> sockets;
  std::vector<CpuCache> caches;
  std::vector<NumaNode> numa_nodes;
  std::vector<std::string> features;  ///< relevant to computing: avx512f, amx_tile, sve, v
};

}  // namespace accel
