#include "xid.hpp"

namespace accel::sim {
namespace {

constexpr std::uint64_t kEventXid = 0x8;        // nvmlEventTypeXidCriticalError
constexpr std::uint64_t kEventDoubleBit = 0x2;  // nvmlEventTypeDoubleBitEccError
constexpr std::size_t kDeviceMemory = 2;        // NVML_MEMORY_LOCATION_DRAM

}  // namespace

void raise_xid(Node& node, Gpu& gpu, std::uint32_t xid) {
  gpu.last_xid = xid;
  gpu.last_xid_time = model_time(node);
  ++node.tree_generation;  // The kernel's log tells of it.
  // 48: double-bit ECC error; 63: row remapped; 79: fell off the bus (NVIDIA XID catalogue).
  if (xid == 48) {
    ++gpu.errors.ecc[1][0][kDeviceMemory];
    ++gpu.errors.ecc[1][1][kDeviceMemory];
    post_event(node, gpu.index, kEventDoubleBit, 0);
  }
  if (xid == 63) {
    ++gpu.errors.remapped_uncorrected;
    gpu.errors.remap_pending = 1;
  }
  if (xid == 79) gpu.lost = 1;
  post_event(node, gpu.index, kEventXid, xid);
}

}  // namespace accel::sim
