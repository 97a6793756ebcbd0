// NVLink: state of each link, who is at its other end, errors, and the fabric.

#include <cstdio>
#include <cstring>

#include "call.hpp"
#include "structs_errors.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kCapabilities = 6;   // NVML_NVLINK_CAP_COUNT
constexpr unsigned int kErrorCounters = 5;  // NVML_NVLINK_ERROR_COUNT
constexpr unsigned int kSwitchType = 2;     // NVML_NVLINK_DEVICE_TYPE_SWITCH
constexpr unsigned int kFabricDone = 3;     // NVML_GPU_FABRIC_STATE_COMPLETED
constexpr unsigned int kFabricHealthy = 1;  // NVML_GPU_FABRIC_HEALTH_SUMMARY_HEALTHY

/// Runs `body` when the card has this link.
template <class F>
nvmlReturn_t with_link(const View& v, unsigned int link, F body) {
  if (v.board.nvlink.count == 0) return NVML_ERROR_NOT_SUPPORTED;
  if (link >= v.board.nvlink.count) return NVML_ERROR_INVALID_ARGUMENT;
  return body();
}

bool active(const View& v, unsigned int link) { return (v.gpu.links_down >> link & 1) == 0; }

nvmlPciInfo_t switch_address(const Node& node, unsigned int link) {
  const SwitchAddress& at = node.switches[link % node.switch_count];
  nvmlPciInfo_t pci{};
  std::snprintf(pci.busIdLegacy, sizeof pci.busIdLegacy, "%04X:%02X:%02X.0", at.domain & 0xFFFF,
                at.bus & 0xFF, at.device & 0x1F);
  std::snprintf(pci.busId, sizeof pci.busId, "%08X:%02X:%02X.0", at.domain, at.bus, at.device);
  pci.domain = at.domain;
  pci.bus = at.bus;
  pci.device = at.device;
  pci.pciDeviceId = at.id;
  return pci;
}

nvmlReturn_t remote(const char* function, nvmlDevice_t device, unsigned int link,
                    nvmlPciInfo_t* pci) {
  return on_gpu(function, device, [&](View& v) {
    return with_link(v, link, [&] {
      if (pci == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
      if (!active(v, link) || v.node.switch_count == 0) return NVML_ERROR_NOT_SUPPORTED;
      *pci = switch_address(v.node, link);
      return NVML_SUCCESS;
    });
  });
}

/// One cluster a node: its identifier follows from the seed.
void fill_cluster(const Node& node, unsigned char* uuid) {
  for (std::uint64_t i = 0; i < 16; ++i) {
    uuid[i] = static_cast<unsigned char>((node.seed * 2654435761U + i * 40503U) >> (i % 8));
  }
}

}  // namespace

ACCEL_NVML nvmlDeviceGetNvLinkState(nvmlDevice_t device, unsigned int link,
                                    nvmlEnableState_t* state) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_link(v, link, [&] { return put(state, active(v, link) ? 1U : 0U); });
  });
}

ACCEL_NVML nvmlDeviceGetNvLinkVersion(nvmlDevice_t device, unsigned int link,
                                      unsigned int* version) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_link(v, link, [&] { return put(version, v.board.nvlink.version); });
  });
}

ACCEL_NVML nvmlDeviceGetNvLinkCapability(nvmlDevice_t device, unsigned int link,
                                         nvmlNvLinkCapability_t capability, unsigned int* result) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_link(v, link, [&] {
      if (capability >= kCapabilities) return NVML_ERROR_INVALID_ARGUMENT;
      // All but the bridge of desktop cards (4): peer and system memory, atomics, valid.
      return put(result, capability == 4 ? 0U : 1U);
    });
  });
}

ACCEL_NVML nvmlDeviceGetNvLinkRemotePciInfo_v2(nvmlDevice_t device, unsigned int link,
                                               nvmlPciInfo_t* pci) {
  return remote(__func__, device, link, pci);
}

ACCEL_NVML nvmlDeviceGetNvLinkRemotePciInfo(nvmlDevice_t device, unsigned int link,
                                            nvmlPciInfo_t* pci) {
  nvmlPciInfo_t whole_record{};
  const nvmlReturn_t result =
      remote(__func__, device, link, pci != nullptr ? &whole_record : nullptr);
  // The old record ends before the long bus id.
  if (result == NVML_SUCCESS && pci != nullptr) {
    std::memcpy(static_cast<void*>(pci), &whole_record, offsetof(nvmlPciInfo_t, busId));
  }
  return result;
}

ACCEL_NVML nvmlDeviceGetNvLinkRemoteDeviceType(nvmlDevice_t device, unsigned int link,
                                               nvmlIntNvLinkDeviceType_t* type) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_link(v, link,
                     [&] { return put(type, v.board.nvlink.to_switch != 0 ? kSwitchType : 0U); });
  });
}

ACCEL_NVML nvmlDeviceGetNvLinkErrorCounter(nvmlDevice_t device, unsigned int link,
                                           nvmlNvLinkErrorCounter_t counter,
                                           unsigned long long* value) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_link(v, link, [&] {
      if (counter >= kErrorCounters) return NVML_ERROR_INVALID_ARGUMENT;
      return put<unsigned long long>(value, v.gpu.errors.nvlink[link][counter]);
    });
  });
}

ACCEL_NVML nvmlDeviceResetNvLinkErrorCounters(nvmlDevice_t device, unsigned int link) {
  return change_gpu(__func__, device, [&](View& v) {
    return with_link(v, link, [&] {
      if (!is_root()) return NVML_ERROR_NO_PERMISSION;
      std::fill(std::begin(v.gpu.errors.nvlink[link]), std::end(v.gpu.errors.nvlink[link]), 0);
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetNvLinkInfo(nvmlDevice_t device, nvmlNvLinkInfo_v1_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check_version(info, 1); bad != NVML_SUCCESS) return bad;
    if (v.board.nvlink.count == 0) return NVML_ERROR_NOT_SUPPORTED;
    info->isNvleEnabled = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetGpuFabricInfo(nvmlDevice_t device, nvmlGpuFabricInfo_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (v.board.features.fabric == 0) return NVML_ERROR_NOT_SUPPORTED;
    *info = {};
    fill_cluster(v.node, info->clusterUuid);
    info->state = kFabricDone;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetGpuFabricInfoV(nvmlDevice_t device, nvmlGpuFabricInfo_v3_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const unsigned int version = info->version;
    const bool second = version == (kFabricInfoSize2 | 2U << 24);
    if (!second && check_version(info, 3) != NVML_SUCCESS) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    if (v.board.features.fabric == 0) return NVML_ERROR_NOT_SUPPORTED;
    nvmlGpuFabricInfo_v3_t filled{};
    filled.version = version;
    fill_cluster(v.node, filled.clusterUuid);
    filled.state = kFabricDone;
    filled.healthMask = 0x2A;  // no degraded bandwidth, no route recovery, no unhealthy route
    filled.healthSummary = kFabricHealthy;
    std::memcpy(info, &filled, second ? kFabricInfoSize2 : sizeof filled);
    return NVML_SUCCESS;
  });
}
