// The PCI address of a device and its link.

#include <cstdio>
#include <cstring>

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr std::size_t kOldSize = 52;  // nvmlPciInfo_t of the unversioned call: no long bus id

unsigned int current_generation(const View& v) {
  const bool idle = (v.gpu.reasons & kReasonIdle) != 0;
  return idle ? v.board.pcie_idle_generation : v.board.pcie_generation;
}

/// MB/s a lane as the vendor counts: 2500 a lane of the first generation.
unsigned int speed_mbps(unsigned int generation) {
  constexpr unsigned int kSpeeds[] = {0, 2500, 5000, 8000, 16000, 32000, 64000};
  return generation < 7 ? kSpeeds[generation] : 0;
}

nvmlPciInfo_t pci_of(const View& v) {
  nvmlPciInfo_t info{};
  const Gpu& gpu = v.gpu;
  std::snprintf(info.busIdLegacy, sizeof info.busIdLegacy, "%04X:%02X:%02X.0", gpu.domain & 0xFFFF,
                gpu.bus & 0xFF, gpu.device & 0x1F);
  std::snprintf(info.busId, sizeof info.busId, "%08X:%02X:%02X.0", gpu.domain, gpu.bus, gpu.device);
  info.domain = gpu.domain;
  info.bus = gpu.bus;
  info.device = gpu.device;
  info.pciDeviceId = v.board.pci_device;
  info.pciSubSystemId = v.board.pci_subsystem;
  return info;
}

nvmlReturn_t put_pci(const char* function, nvmlDevice_t device, nvmlPciInfo_t* out,
                     std::size_t size) {
  return on_device(function, device, [&](View& v) {
    if (out == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (size == kOldSize) {
      // The old record: short bus id, the numbers, then four reserved words in place of the long
      // id.
      const nvmlPciInfo_t info = pci_of(v);
      std::memset(out, 0, kOldSize);
      std::memcpy(out, &info, offsetof(nvmlPciInfo_t, busId));
      return NVML_SUCCESS;
    }
    *out = pci_of(v);
    return NVML_SUCCESS;
  });
}

}  // namespace

ACCEL_NVML nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t* pci) {
  return put_pci(__func__, device, pci, sizeof *pci);
}
ACCEL_NVML nvmlDeviceGetPciInfo_v2(nvmlDevice_t device, nvmlPciInfo_t* pci) {
  return put_pci(__func__, device, pci, kOldSize);
}
ACCEL_NVML nvmlDeviceGetPciInfo(nvmlDevice_t device, nvmlPciInfo_t* pci) {
  return put_pci(__func__, device, pci, kOldSize);
}

ACCEL_NVML nvmlDeviceGetPciInfoExt(nvmlDevice_t device, nvmlPciInfoExt_v1_t* pci) {
  return on_device(__func__, device, [&](View& v) {
    if (pci == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (pci->version != version_word<nvmlPciInfoExt_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    const nvmlPciInfo_t info = pci_of(v);
    pci->domain = info.domain;
    pci->bus = info.bus;
    pci->device = info.device;
    pci->pciDeviceId = info.pciDeviceId;
    pci->pciSubSystemId = info.pciSubSystemId;
    pci->baseClass = 3;  // display controller (PCI code assignments)
    pci->subClass = v.board.features.display != 0 ? 0 : 2;
    std::memcpy(pci->busId, info.busId, sizeof pci->busId);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return on_gpu(__func__, device, [&](View& v) { return put(generation, current_generation(v)); });
}

ACCEL_NVML nvmlDeviceGetMaxPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(generation, v.board.pcie_generation); });
}

ACCEL_NVML nvmlDeviceGetGpuMaxPcieLinkGeneration(nvmlDevice_t device, unsigned int* generation) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(generation, v.board.pcie_generation); });
}

ACCEL_NVML nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t device, unsigned int* width) {
  return on_gpu(__func__, device, [&](View& v) { return put(width, v.board.pcie_width); });
}

ACCEL_NVML nvmlDeviceGetMaxPcieLinkWidth(nvmlDevice_t device, unsigned int* width) {
  return on_gpu(__func__, device, [&](View& v) { return put(width, v.board.pcie_width); });
}

ACCEL_NVML nvmlDeviceGetPcieLinkMaxSpeed(nvmlDevice_t device, unsigned int* speed) {
  return on_gpu(__func__, device, [&](View& v) { return put(speed, v.board.pcie_generation); });
}

ACCEL_NVML nvmlDeviceGetPcieSpeed(nvmlDevice_t device, unsigned int* speed) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(speed, speed_mbps(current_generation(v))); });
}

ACCEL_NVML nvmlDeviceGetPcieThroughput(nvmlDevice_t device, nvmlPcieUtilCounter_t counter,
                                       unsigned int* value) {
  return on_gpu(__func__, device, [&](View& v) {
    if (counter > 1) return NVML_ERROR_INVALID_ARGUMENT;
    const double rate = counter == 0 ? v.gpu.pcie_tx_rate : v.gpu.pcie_rx_rate;
    return put(value, whole(rate / 1024));  // KB/s
  });
}

ACCEL_NVML nvmlDeviceGetPcieReplayCounter(nvmlDevice_t device, unsigned int* value) {
  return on_gpu(__func__, device, [&](View& v) { return put(value, v.gpu.errors.pcie_replay); });
}

ACCEL_NVML nvmlDeviceGetBusType(nvmlDevice_t device, nvmlBusType_t* type) {
  return on_gpu(__func__, device, [&](View&) { return put(type, 2U); });  // NVML_BUS_TYPE_PCIE
}

ACCEL_NVML nvmlDeviceGetIrqNum(nvmlDevice_t device, unsigned int* number) {
  return on_gpu(__func__, device, [&](View& v) { return put(number, 100 + v.gpu.index); });
}

ACCEL_NVML nvmlDeviceGetBridgeChipInfo(nvmlDevice_t device, nvmlBridgeChipHierarchy_t* hierarchy) {
  static_cast<void>(hierarchy);
  return on_gpu(__func__, device, [&](View&) { return NVML_ERROR_NOT_SUPPORTED; });
}
