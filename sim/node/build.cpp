#include "build.hpp"

#include <algorithm>
#include <cstdio>
#include <tuple>
#include <utility>
#include <vector>

#include "../model/card_settings.hpp"
#include "../model/physics.hpp"

namespace accel::sim {
namespace {

// A stopped clock begins here: 2026-01-01 00:00:00 UTC.
constexpr std::int64_t kStoppedStart = 1'767'225'600LL * 1'000'000'000;

std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

void make_uuid(std::uint64_t seed, Gpu& gpu) {
  const std::uint64_t a = mix(seed);
  const std::uint64_t b = mix(seed + 1);
  char text[48];
  std::snprintf(text, sizeof text, "GPU-%08x-%04x-%04x-%04x-%012llx",
                static_cast<unsigned>(a >> 32), static_cast<unsigned>((a >> 16) & 0xFFFF),
                static_cast<unsigned>(a & 0xFFFF), static_cast<unsigned>(b >> 48),
                static_cast<unsigned long long>(b & 0xFFFFFFFFFFFF));
  gpu.uuid.set(text);
}

/// The n-th serial number after the first: its last digits count up.
std::string serial_number(const std::string& first, std::uint32_t n) {
  if (first.empty()) return {};
  std::string text = first;
  for (std::size_t i = text.size(); i-- > 0 && n > 0;) {
    if (text[i] < '0' || text[i] > '9') break;
    n += static_cast<std::uint32_t>(text[i] - '0');
    text[i] = static_cast<char>('0' + n % 10);
    n /= 10;
  }
  return text;
}

template <class T>
T cycled(const std::vector<T>& values, std::uint32_t n, T otherwise) {
  return values.empty() ? otherwise : values[n % values.size()];
}

void place(const ScenarioPlaces& kind, std::uint32_t n, Gpu& gpu) {
  const auto slots = static_cast<std::uint32_t>(kind.addresses.size());
  parse_pci_address(kind.addresses[n % slots], gpu.domain, gpu.bus, gpu.device);
  // More GPUs than slots: the same slots again in the next PCI domain.
  gpu.domain += n / slots;
  gpu.numa_node = static_cast<std::int32_t>(cycled(kind.numa_nodes, n % slots, 0U));
  gpu.module_id = n % slots + 1;
}

/// What every device has: its place, its load, its beginning.
void start_device(const ScenarioPlaces& kind, std::uint64_t seed, std::uint32_t n, Gpu& gpu) {
  gpu.seed = mix(seed * 1000003 + gpu.index);
  place(kind, n, gpu);
  LoadProfile idle{};
  idle.period = 1'000'000'000;
  idle.intensity = 1;
  gpu.load_profile = cycled(kind.loads, n, idle);
}

void set_defaults(const ScenarioGpu& kind, Gpu& gpu) {
  GpuSettings& set = gpu.settings;
  set.power_limit_mw = kind.board.power.default_mw;
  set.persistence = kind.persistence ? 1 : 0;
  set.ecc_current = set.ecc_pending = kind.board.features.ecc != 0 && kind.ecc_on ? 1 : 0;
  set.mig_current = set.mig_pending = kind.board.mig_profile_count > 0 && kind.mig_on ? 1 : 0;
  if (kind.board.thermal.acoustic_max > 0) {
    // Where the fan curve of the product aims; GeForce boards use 83 to 84.
    set.acoustic_target = std::min(84, kind.board.thermal.acoustic_max);
  }
  set.api_restricted[0] = 1;
  set.api_restricted[1] = 1;
}

void fill_gpu(const Scenario& scenario, const ScenarioGpu& kind, std::uint32_t n, Gpu& gpu) {
  gpu.minor = gpu.index;
  start_device(kind, scenario.seed, n, gpu);
  gpu.switch_group = kind.pcie_switch ? gpu.index / kind.gpus_per_switch + 1 : 0;
  make_uuid(gpu.seed, gpu);
  gpu.serial.set(serial_number(kind.serial, n));
  set_defaults(kind, gpu);
  const std::uint64_t corrected = cycled(kind.ecc_corrected, n, 0U);
  gpu.errors.ecc[0][0][2] = corrected;  // corrected, volatile, device memory
  gpu.errors.ecc[0][1][2] = corrected;
  gpu.suspended = kind.suspended ? 1 : 0;
}

void add_process(const ScenarioProcess& from, std::uint32_t copy, std::uint32_t position,
                 Gpu& gpu) {
  if (gpu.process_count == kMaxProcesses) return;
  GpuProcess& process = gpu.processes[gpu.process_count++];
  // Copies of the machine get pids of their own.
  process.pid = from.pid + copy * 1000 + (from.each ? position : 0);
  process.uid = from.uid;
  process.graphics = from.graphics ? 1 : 0;
  process.mps = from.mps ? 1 : 0;
  process.share = from.share;
  process.memory = from.memory;
  process.gpu_instance = process.compute_instance = -1;
  process.name.set(from.name);
  process.command.set(from.command);
}

/// Devices of the scenario's own machine, of which the node may be several.
template <class Kinds>
std::uint32_t own_count(const Kinds& kinds) {
  std::uint32_t sum = 0;
  for (const auto& kind : kinds) sum += kind.count;
  return std::max(sum, 1U);
}

/// The process on the n-th device, if it is among those that the scenario names.
void add_where_named(const ScenarioProcess& process, const std::vector<std::uint32_t>& named,
                     std::uint32_t n, std::uint32_t machine, Gpu& gpu) {
  const auto found = std::find(named.begin(), named.end(), n % machine);
  if (found == named.end()) return;
  add_process(process, n / machine, static_cast<std::uint32_t>(found - named.begin()), gpu);
}

void add_processes(const Scenario& scenario, Node& node) {
  const std::uint32_t gpus = own_count(scenario.gpus);
  const std::uint32_t cards = own_count(scenario.cards);
  for (const ScenarioProcess& process : scenario.processes) {
    for (Gpu& gpu : gpus_of(node)) add_where_named(process, process.gpus, gpu.index, gpus, gpu);
    std::uint32_t n = 0;
    for (Card& card : cards_of(node)) {
      add_where_named(process, process.cards, n++, cards, card.gpu);
    }
  }
}

/// Which kind the next device is of, and which of its kind. What exceeds the scenario's own count
/// continues the last kind.
template <class Kinds>
class Places {
 public:
  explicit Places(const Kinds& kinds) : kinds_(kinds) {}

  std::pair<std::uint32_t, std::uint32_t> next() {
    while (n_ >= kinds_[kind_].count && kind_ + 1 < kinds_.size()) {
      ++kind_;
      n_ = 0;
    }
    return {kind_, n_++};
  }

 private:
  const Kinds& kinds_;
  std::uint32_t kind_ = 0;
  std::uint32_t n_ = 0;
};

void build_gpus(const Scenario& scenario, Node& node) {
  Places places(scenario.gpus);
  for (std::uint32_t i = 0; i < node.gpu_count; ++i) {
    const auto [kind, n] = places.next();
    Gpu& gpu = gpus_of(node)[i];
    gpu.index = i;
    gpu.board = kind;
    fill_gpu(scenario, scenario.gpus[kind], n, gpu);
  }
}

void fill_card(const Scenario& scenario, const ScenarioCard& kind, std::uint32_t n, Card& card) {
  start_device(kind, scenario.seed, n, card.gpu);
  card.unique_id = mix(card.gpu.seed);
  card.gpu.serial.set(serial_number(kind.serial, n));
  card.gpu.suspended = kind.suspended ? 1 : 0;
  card.stays_awake = kind.suspended ? 0 : 1;
  // So accel and AMD's tools name a GPU; other drivers show no number of their own.
  if (kind.product.driver == Driver::amdgpu && kind.product.is_integrated == 0) {
    char text[32];
    std::snprintf(text, sizeof text, "GPU-%016llx",
                  static_cast<unsigned long long>(card.unique_id));
    card.gpu.uuid.set(text);
  }
  card.gpu.settings.power_limit_mw = kind.board.power.default_mw;
}

/// Numbers of device nodes, as the kernel gives them out: one sequence a class. NVIDIA's GPUs have
/// the first of DRM, those with a display at least.
void number_nodes(Node& node) {
  std::uint32_t drm = node.gpu_count;
  std::uint32_t accel = 0;
  std::uint32_t apex = 0;
  std::uint32_t group = 16;  // of the IOMMU; the first belong to the host's own devices
  std::uint32_t hwmon = 2;   // the first belong to the processors
  std::uint32_t parts = 0;
  for (Card& card : cards_of(node)) {
    card.drm_minor = card.class_minor = kNoMinor;
    card.hwmon = hwmon++;
    switch (product_of(node, card).driver) {
      case Driver::amdgpu:
        card.drm_minor = drm++;
        if (product_of(node, card).has_partitions != 0) {
          const std::uint32_t more = std::min(kMostPartitions - 1, kMostPartitionDevices - parts);
          parts += more;
          drm += more;
        }
        break;
      case Driver::i915:
      case Driver::xe: card.drm_minor = drm++; break;
      case Driver::intel_vpu:
      case Driver::amdxdna:
      case Driver::habanalabs: card.class_minor = accel++; break;
      case Driver::apex: card.class_minor = apex++; break;
      case Driver::vfio_pci: card.class_minor = group++; break;
    }
  }
}

void build_cards(const Scenario& scenario, Node& node) {
  const auto gpu_kinds = static_cast<std::uint32_t>(scenario.gpus.size());
  for (std::size_t i = 0; i < scenario.cards.size(); ++i) {
    node.boards[gpu_kinds + i] = scenario.cards[i].board;
    node.products[i] = scenario.cards[i].product;
  }
  Places places(scenario.cards);
  std::uint32_t index = node.gpu_count;
  for (Card& card : cards_of(node)) {
    const auto [kind, n] = places.next();
    card.kind = kind;
    card.gpu.index = index++;
    card.gpu.board = gpu_kinds + kind;
    fill_card(scenario, scenario.cards[kind], n, card);
    reset_settings(node, card);
  }
  number_nodes(node);
}

void build_switches(const ScenarioSwitches& switches, Node& node) {
  for (const std::string& address : switches.addresses) {
    SwitchAddress& at = node.switches[node.switch_count++];
    parse_pci_address(address, at.domain, at.bus, at.device);
    at.id = switches.device << 16 | 0x10de;
  }
}

/// Counts all devices in the order of the bus, as programs list them.
void number_devices(Node& node) {
  std::vector<Gpu*> all;
  for (Gpu& gpu : gpus_of(node)) all.push_back(&gpu);
  for (Card& card : cards_of(node)) all.push_back(&card.gpu);
  std::stable_sort(all.begin(), all.end(), [](const Gpu* a, const Gpu* b) {
    return std::tie(a->domain, a->bus, a->device) < std::tie(b->domain, b->bus, b->device);
  });
  for (std::size_t i = 0; i < all.size(); ++i) all[i]->position = static_cast<std::uint32_t>(i);
}

void build_identity(const Scenario& scenario, Node& node) {
  node.driver_version.set(scenario.driver_version);
  node.driver_branch.set("r" + scenario.driver_version.substr(0, 3) + "_00");
  node.cuda_version = scenario.cuda_version;
  node.seed = scenario.seed;
  node.host = {scenario.host.sockets, scenario.host.cores, scenario.host.threads};
  node.host_load = scenario.host.load;
  node.board_count = static_cast<std::uint32_t>(scenario.gpus.size() + scenario.cards.size());
  for (std::size_t i = 0; i < scenario.gpus.size(); ++i) node.boards[i] = scenario.gpus[i].board;
}

}  // namespace

std::size_t gpu_total(const Scenario& scenario, std::size_t asked) {
  if (scenario.gpus.empty()) return 0;
  std::size_t sum = 0;
  for (const ScenarioGpu& kind : scenario.gpus) sum += kind.count;
  // Where there are cards as well, it is their number that gives way.
  if (asked > 0) sum = scenario.cards.empty() ? asked : std::min(asked, sum);
  return std::min(sum, kMaxGpus);
}

std::size_t card_total(const Scenario& scenario, std::size_t asked) {
  if (scenario.cards.empty()) return 0;
  std::size_t sum = 0;
  for (const ScenarioCard& kind : scenario.cards) sum += kind.count;
  if (asked > 0) sum = asked - std::min(asked, gpu_total(scenario, asked));
  return std::min(sum, kMaxCards);
}

void build_node(const Scenario& scenario, Node& node) {
  build_identity(scenario, node);
  node.clock.stopped = scenario.stopped ? 1 : 0;
  node.clock.stopped_at = kStoppedStart;
  node.clock.started = model_time(node);
  build_switches(scenario.switches, node);
  if (!scenario.gpus.empty()) build_gpus(scenario, node);
  if (!scenario.cards.empty()) build_cards(scenario, node);
  number_devices(node);
  add_processes(scenario, node);
  for (Gpu& gpu : gpus_of(node)) warm_up(node, gpu, node.clock.started);
  for (Card& card : cards_of(node)) warm_up(node, card.gpu, node.clock.started);
  for (const std::string& text : scenario.faults) {
    std::string why;
    Fault& fault = node.faults[node.fault_count];
    if (parse_fault(text, node.clock.started, fault, why)) ++node.fault_count;
  }
  node.tree_generation = 1;
}

}  // namespace accel::sim
