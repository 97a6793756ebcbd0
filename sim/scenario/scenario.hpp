// A scenario file in memory: a node as its author described it, before it becomes a model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../model/board.hpp"
#include "../model/card.hpp"
#include "../model/load.hpp"
#include "../node/problem.hpp"

namespace accel::sim {

struct ScenarioCache {
  std::uint32_t level;
  std::string type;
  std::uint64_t size;
  bool shared;  ///< By all cores of a socket, else by the threads of one core.
};

struct ScenarioHost {
  std::string vendor = "Simulated";
  std::string product = "Simulated node";
  std::string cpu_vendor = "GenuineIntel";
  std::string cpu_model = "Simulated CPU";
  std::uint32_t cpu_family = 6;
  std::uint32_t cpu_model_number = 143;
  std::uint32_t cpu_stepping = 8;
  std::string cpu_flags = "fpu sse sse2 avx avx2";
  std::uint32_t sockets = 1;
  std::uint32_t cores = 4;
  std::uint32_t threads = 1;
  std::uint32_t mhz_min = 800;
  std::uint32_t mhz_max = 3800;
  std::uint64_t memory = 64ULL << 30;
  std::string os = "Debian GNU/Linux 12 (bookworm)";
  std::string kernel = "6.1.0-26-amd64";
  double load = 0.1;  ///< Share of the processors that is busy.
  std::vector<ScenarioCache> caches;
};

struct ScenarioStorage {
  std::string name = "nvme0n1";
  std::string model = "Simulated NVMe";
  std::uint64_t size = 1ULL << 40;
  std::string address;  ///< PCI address, empty: none shown
};

struct ScenarioNic {
  std::string address;
  std::string name;
  std::string rdma;               ///< RDMA device; empty: mlx5_ and its position if InfiniBand
  std::uint32_t device = 0x1021;  ///< ConnectX-7 (pci.ids)
  std::uint32_t infiniband = 1;   ///< Class 0207, else 0200.
  std::uint32_t numa_node = 0;
};

struct ScenarioSwitches {
  std::uint32_t device = 0x22a3;  ///< PCI device of the NVSwitches
  std::vector<std::string> addresses;
};

/// Where devices of one kind stand, and under what load.
struct ScenarioPlaces {
  std::uint32_t count = 1;
  std::vector<std::string> addresses;
  std::vector<std::uint32_t> numa_nodes;
  std::vector<LoadProfile> loads;
};

struct ScenarioGpu : ScenarioPlaces {
  Board board{};
  std::vector<std::uint32_t> ecc_corrected;  ///< Volatile corrected errors per GPU, cycled.
  std::string serial;                        ///< First serial number, empty: none
  bool persistence = false;
  bool ecc_on = true;
  bool mig_on = false;
  bool suspended = false;
  bool pcie_switch = false;
  std::uint32_t gpus_per_switch = 1;
};

struct ScenarioCard : ScenarioPlaces {
  Board board{};
  CardProduct product{};
  std::string serial;  ///< First serial number, empty: none
  bool suspended = false;
};

struct ScenarioProcess {
  std::string name;
  std::string command;
  std::uint32_t pid = 1000;
  std::uint32_t uid = 1000;
  std::uint64_t memory = 1ULL << 30;
  double share = 1;
  bool graphics = false;
  bool mps = false;
  bool each = false;  ///< One process per GPU with ascending pids, else one on all of them.
  std::vector<std::uint32_t> gpus;
  std::vector<std::uint32_t> cards;
};

struct Scenario {
  std::string name;
  std::string description;
  std::string driver_version = "580.95.05";
  std::uint32_t cuda_version = 13000;
  std::uint64_t seed = 1;
  bool stopped = false;
  ScenarioHost host;
  std::vector<ScenarioStorage> storage;
  std::vector<ScenarioNic> nics;
  ScenarioSwitches switches;
  std::vector<ScenarioGpu> gpus;
  std::vector<ScenarioCard> cards;
  std::vector<ScenarioProcess> processes;
  std::vector<std::string> faults;
};

/// Reads a scenario text; `file` is named in problems, which carry line and column.
Problem parse_scenario(std::string_view text, const std::string& file, Scenario& scenario);

/// A PCI address "0000:1b:00.0" in parts; false when malformed.
bool parse_pci_address(std::string_view text, std::uint32_t& domain, std::uint32_t& bus,
                       std::uint32_t& device);

}  // namespace accel::sim
