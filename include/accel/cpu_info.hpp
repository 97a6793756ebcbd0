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
  std::string type;     ///< "Data", "Instruction", "Unified"
  Reading<Bytes> size;  ///< of one instance
  int instances = 0;    ///< on the whole host
};

struct CpuSocket {
  int id = 0;
  int physical_cores = 0;
  int logical_cores = 0;
};

struct NumaNode {
  int id = 0;
  Reading<std::string> cpus;  ///< "0-55,112-167"; an empty text where a node has only memory
  /// By the node's own statistics. On a virtual machine with a balloon their sum may be less than
  /// MemoryInfo::total, which holds.
  Reading<Bytes> memory_total;
  Reading<Bytes> memory_free;
  std::vector<int> distances;  ///< to each node, in their order
};

struct CpuInfo {
  Reading<std::string> make;  ///< "GenuineIntel", "ARM"
  Reading<std::string> model;
  Reading<std::string> architecture;
  Reading<std::string> microcode;
  Reading<std::int64_t> socket_count;
  Reading<std::int64_t> physical_cores;  ///< with a thread that is online
  Reading<std::int64_t> logical_cores;   ///< online
  Reading<Frequency> base_clock;     ///< as the driver states it, never taken from a model's name
  Reading<Frequency> boost_clock;    ///< of the fastest core
  Reading<Frequency> current_clock;  ///< mean over the online cores
  /// That this program may run on, by affinity and container: "0-3".
  Reading<std::string> allowed_cpus;
  Reading<std::int64_t> allowed_cores;  ///< how many of the logical cores these are
  /// How many processors' time the control groups grant; unsupported where they set no limit.
  Reading<double> time_limit;
  std::vector<CpuSocket> sockets;
  std::vector<CpuCache> caches;
  std::vector<NumaNode> numa_nodes;
  std::vector<std::string> features;  ///< relevant to computing: avx512f, amx_tile, sve, v
};

}  // namespace accel
