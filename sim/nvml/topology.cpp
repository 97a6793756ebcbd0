// Where devices stand in the machine: common ancestors, peer access, processors and memory nearby.

#include <cstring>

#include "call.hpp"
#include "session.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

// nvmlGpuTopologyLevel_t
constexpr unsigned int kInternal = 0;
constexpr unsigned int kMultiple = 20;
constexpr unsigned int kHostBridge = 30;
constexpr unsigned int kNode = 40;
constexpr unsigned int kSystem = 50;

// nvmlGpuP2PStatus_t
constexpr unsigned int kPeerOk = 0;
constexpr unsigned int kPeerChipset = 1;
constexpr unsigned int kPeerNotSupported = 5;

/// The root complex of a GPU with a root port of its own: sixteen buses share one.
std::uint32_t root_bus(const Gpu& gpu) { return (gpu.bus - 1) & 0xF0; }

/// The GPU of a second handle, or null.
const Gpu* other_gpu(const Node& node, nvmlDevice_t device) {
  Target target;
  if (!decode(device, HandleKind::device, target) || target.gpu >= node.gpu_count) return nullptr;
  return &gpus_of(node)[target.gpu];
}

unsigned int common_ancestor(const Gpu& a, const Gpu& b) {
  if (a.index == b.index) return kInternal;
  // Each stands one switch deeper than the one that they share.
  if (a.switch_group != 0 && a.switch_group == b.switch_group) return kMultiple;
  const bool same_root = a.domain == b.domain && root_bus(a) == root_bus(b) &&
                         a.switch_group == 0 && b.switch_group == 0;
  if (same_root) return kHostBridge;
  return a.numa_node == b.numa_node ? kNode : kSystem;
}

void set_bit(unsigned long* words, unsigned int size, unsigned int bit) {
  if (bit / 64 < size) words[bit / 64] |= 1UL << bit % 64;
}

nvmlReturn_t cpu_affinity(const View& v, unsigned int size, unsigned long* words) {
  if (words == nullptr || size == 0) return NVML_ERROR_INVALID_ARGUMENT;
  std::memset(words, 0, size * sizeof *words);
  const HostCounts& host = v.node.host;
  const auto socket = static_cast<unsigned int>(std::max(v.gpu.numa_node, 0)) % host.sockets;
  for (unsigned int thread = 0; thread < host.threads; ++thread) {
    for (unsigned int core = 0; core < host.cores; ++core) {
      set_bit(words, size, thread * host.sockets * host.cores + socket * host.cores + core);
    }
  }
  return NVML_SUCCESS;
}

unsigned int peer_status(const Board& a, const Board& b, unsigned int index) {
  const bool linked = a.nvlink.count > 0 && b.nvlink.count > 0;
  // 2: over NVLink, 3: atomics
  if (index == 2 || index == 3) return linked ? kPeerOk : kPeerNotSupported;
  // GeForce boards have no peer access over PCIe.
  return a.features.display != 0 || b.features.display != 0 ? kPeerChipset : kPeerOk;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetTopologyCommonAncestor(nvmlDevice_t first, nvmlDevice_t second,
                                               nvmlGpuTopologyLevel_t* level) {
  return on_gpu(__func__, first, [&](View& v) {
    const Gpu* other = other_gpu(v.node, second);
    if (other == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return put(level, common_ancestor(v.gpu, *other));
  });
}

ACCEL_NVML nvmlDeviceGetTopologyNearestGpus(nvmlDevice_t device, nvmlGpuTopologyLevel_t level,
                                            unsigned int* count, nvmlDevice_t* devices) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr || level > kSystem) return NVML_ERROR_INVALID_ARGUMENT;
    const unsigned int room = *count;
    unsigned int found = 0;
    for (const Gpu& other : gpus_of(v.node)) {
      if (other.index == v.gpu.index || common_ancestor(v.gpu, other) != level) continue;
      if (devices != nullptr && found < room) devices[found] = device_handle(other);
      ++found;
    }
    *count = found;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlSystemGetTopologyGpuSet(unsigned int cpu, unsigned int* count,
                                       nvmlDevice_t* devices) {
  return on_node(__func__, [&](Node& node) {
    const HostCounts& host = node.host;
    if (count == nullptr || cpu >= host.sockets * host.cores * host.threads) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    const unsigned int socket = cpu % (host.sockets * host.cores) / host.cores;
    const unsigned int room = *count;
    unsigned int found = 0;
    for (const Gpu& gpu : gpus_of(node)) {
      if (static_cast<unsigned int>(std::max(gpu.numa_node, 0)) % host.sockets != socket) continue;
      if (devices != nullptr && found < room) devices[found] = device_handle(gpu);
      ++found;
    }
    *count = found;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetP2PStatus(nvmlDevice_t first, nvmlDevice_t second,
                                  nvmlGpuP2PCapsIndex_t index, nvmlGpuP2PStatus_t* status) {
  return on_gpu(__func__, first, [&](View& v) {
    const Gpu* other = other_gpu(v.node, second);
    if (other == nullptr || index > 4) return NVML_ERROR_INVALID_ARGUMENT;
    return put(status, peer_status(v.board, board_of(v.node, *other), index));
  });
}

ACCEL_NVML nvmlDeviceGetCpuAffinity(nvmlDevice_t device, unsigned int size, unsigned long* words) {
  return on_gpu(__func__, device, [&](View& v) { return cpu_affinity(v, size, words); });
}

ACCEL_NVML nvmlDeviceGetCpuAffinityWithinScope(nvmlDevice_t device, unsigned int size,
                                               unsigned long* words, nvmlAffinityScope_t scope) {
  return on_gpu(__func__, device, [&](View& v) {
    // A socket of this host is one memory node, so both scopes agree.
    return scope > 1 ? NVML_ERROR_INVALID_ARGUMENT : cpu_affinity(v, size, words);
  });
}

ACCEL_NVML nvmlDeviceGetMemoryAffinity(nvmlDevice_t device, unsigned int size, unsigned long* words,
                                       nvmlAffinityScope_t scope) {
  return on_gpu(__func__, device, [&](View& v) {
    if (words == nullptr || size == 0 || scope > 1) return NVML_ERROR_INVALID_ARGUMENT;
    std::memset(words, 0, size * sizeof *words);
    set_bit(words, size, static_cast<unsigned int>(std::max(v.gpu.numa_node, 0)));
    return NVML_SUCCESS;
  });
}
