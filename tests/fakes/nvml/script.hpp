// What the fake libnvidia-ml answers; shared by the fake and by the tests that script it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fake_nvml {

using Number = std::optional<std::uint32_t>;      ///< empty: Not Supported
using LongNumber = std::optional<std::uint64_t>;  ///< empty: Not Supported
using Text = std::optional<std::string>;          ///< empty: Not Supported
using Pair = std::optional<std::pair<std::uint32_t, std::uint32_t>>;

struct Process {
  std::uint32_t pid;
  std::uint64_t memory;
  std::uint32_t gpu_instance = 0xFFFFFFFF;
};

struct ProcessSample {
  std::uint32_t pid;
  std::uint64_t time;
  std::uint32_t sm, memory, encoder, decoder;
};

struct Link {
  std::uint32_t up = 1;
  std::uint32_t version = 6;
  std::uint32_t remote_bus = 0x0a;
  std::uint32_t remote_type = 2;
  std::map<std::uint32_t, std::uint64_t> errors{{0, 1}, {1, 2}, {2, 3}};
};

/// A field: value type (nvmlValueType_t) and the bits.
struct Field {
  std::uint32_t type;
  std::uint64_t bits;
};

/// A clock offset and how far it may go, MHz.
struct Offset {
  int now = 0;
  int low = 0;
  int high = 0;
};

/// A healthy H100 until a test says otherwise.
struct Gpu {
  std::uint32_t domain = 0, bus = 0x41, device = 0;
  Text name = "NVIDIA H100 80GB HBM3";
  Text uuid = "GPU-11111111-2222-3333-4444-555555555555";
  Text serial = "1320000000001";
  Text vbios = "96.00.74.00.1A";
  Text board_part = "692-2G520-0200-000";
  Text inforom = "G520.0200.00.05";
  Text gsp = "535.104.12";
  Number minor = 0, index = 0, architecture = 9, brand = 14, cores = 16896, bus_width = 5120,
         module_id = 2;
  std::optional<std::pair<int, int>> capability{{9, 0}};

  Pair utilization{{37, 12}};
  Number encoder = 0, decoder = 5, jpeg = 0, ofa = 0;
  LongNumber memory_total = 85899345920ULL, memory_used = 4294967296ULL,
             memory_free = 81067507712ULL, memory_reserved = 537395200ULL;
  Number temperature = 65;
  std::map<std::uint32_t, std::uint32_t> thresholds{{0, 95}, {1, 90}, {2, 95}, {3, 87}};
  std::optional<std::int32_t> margin = 22;
  Number power = 250000, power_limit = 300000, power_enforced = 300000, power_default = 700000;
  Pair power_range{{200000, 700000}};
  LongNumber energy = 5000;
  std::map<std::uint32_t, std::uint32_t> clocks{{0, 1500}, {1, 1530}, {2, 877}, {3, 1200}};
  std::map<std::uint32_t, std::uint32_t> max_clocks{{0, 1980}, {1, 1980}, {2, 2619}, {3, 1545}};
  std::vector<std::uint32_t> memory_clocks{2619, 1593};
  std::map<std::uint32_t, std::vector<std::uint32_t>> graphics_clocks{{2619, {1980, 1500, 1395}},
                                                                      {1593, {1500, 345}}};
  /// By clock type; empty: not supported.
  std::map<std::uint32_t, std::uint32_t> application_clocks, application_defaults;
  std::vector<std::uint32_t> pstates{0};
  std::map<std::pair<std::uint32_t, std::uint32_t>, Offset> offsets;  ///< {clock type, state} →
  std::optional<Offset> graphics_offset, memory_offset;
  Number pstate = 0, persistence = 1, compute_mode = 0, display = 0;
  Number fan_count = 0;
  std::vector<std::uint32_t> fan_speeds, fan_rpms, fan_policies, fan_targets;
  Pair fan_range{{30, 100}};
  LongNumber clock_reasons = 0;
  std::map<std::uint32_t, std::uint64_t> violations;
  Number pcie_gen = 5, pcie_width = 16, pcie_gen_max = 5, pcie_width_max = 16, pcie_replays = 7;
  Pair pcie_throughput{{1000, 2000}};  ///< KB/s: tx, rx
  Pair ecc_mode{{1, 1}};
  Number ecc_default = 1;
  /// {error type, counter type} → count
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> ecc_errors{
      {{0, 0}, 1}, {{1, 0}, 2}, {{0, 1}, 3}, {{1, 1}, 4}};
  std::optional<std::vector<std::uint32_t>> remapped_rows{{1, 0, 0, 0}};
  std::vector<Link> links;
  std::map<std::uint32_t, Field> fields{{82, {1, 58}},   {185, {1, 249000}}, {186, {1, 255000}},
                                        {74, {3, 1000}}, {91, {1, 0}},       {29, {1, 0}},
                                        {30, {1, 0}},    {31, {1, 0}}};
  bool has_gpm = false;
  std::map<std::uint32_t, double> gpm{{1, 40.0}, {2, 35.5},  {3, 20.0}, {5, 12.5}, {10, 30.0},
                                      {11, 2.0}, {12, 15.0}, {13, 8.0}, {20, 1.0}, {21, 2.0}};
  Pair mig_mode{{0, 0}};
  std::vector<std::shared_ptr<Gpu>> mig;  ///< by number; null is a hole
  Number gpu_instance, compute_instance;
  std::optional<std::vector<std::uint32_t>> attributes;  ///< eight numbers
  std::uint64_t attribute_memory = 0;
  std::vector<Process> compute, graphics, mps;
  std::optional<std::vector<ProcessSample>> samples;
  LongNumber event_types = 0xFFFF;

  /// Status of a function for this GPU alone, by its exported name.
  std::map<std::string, std::uint32_t> status;
  /// What comes back through every pointer is all ones.
  bool all_ones = false;
  /// Every attempt to set something, with its arguments: "nvmlDeviceSetFanSpeed_v2(0, 75)".
  std::vector<std::string> sets;
  /// What is set has no effect, whatever the status.
  bool deaf = false;
  /// Called first, with the exported name, by every function that is asked about this GPU.
  std::function<void(const char*)> before;
};

struct Event {
  std::size_t gpu;
  std::uint64_t type, data;
};

/// Everything the library answers. A test sets it, then runs; one test at a time.
struct Script {
  std::vector<std::shared_ptr<Gpu>> gpus;
  std::string driver_version = "535.104.12";
  std::uint32_t init_status = 0;
  std::uint32_t shutdown_status = 0;
  std::function<void()> before_init;  ///< called first by nvmlInit_v2
  bool wide_process_records = false;
  bool knows_memory_v2 = true;                  ///< else it refuses the struct's version (25)
  std::map<std::string, std::uint32_t> status;  ///< by exported name, for all GPUs
  std::vector<Event> events;
  /// Fills the text buffers to their last byte, without an end.
  bool unterminated = false;
  /// Count that lists of programs claim to have, whatever they wrote.
  Number claimed_count;

  // Written by the library.
  std::vector<std::string> calls;  ///< exported names, for handles with the bus id
  int initialized = 0;
  int gpm_samples = 0;
  std::uint64_t registered_events = 0;
};

/// Symbol `fake_nvml_script` of the library: its script. Assign a new one to begin.
using ScriptFunction = Script*();

}  // namespace fake_nvml
