// Counting devices and finding their handles. Taking a handle wakes a suspended GPU.

#include <cctype>
#include <cstdio>
#include <cstring>
#include <string>

#include "call.hpp"
#include "faults.hpp"
#include "handle.hpp"
#include "session.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kAsciiUuid = 1;   // NVML_UUID_TYPE_ASCII
constexpr unsigned int kBinaryUuid = 2;  // NVML_UUID_TYPE_BINARY

void wake(Node& node, Gpu& gpu) {
  if (gpu.suspended == 0) return;
  gpu.suspended = 0;
  ++gpu.wake_count;
  ++node.tree_generation;
}

/// Ends a lookup: applies the device's faults, wakes it and hands out the handle.
nvmlReturn_t hand_out(const char* function, Gpu* gpu, nvmlDevice_t handle, nvmlDevice_t* device) {
  Node* node = current_node();
  if (gpu == nullptr) return traced(function, NVML_ERROR_NOT_FOUND);
  const Bite bite = bite_of_faults(*node, gpu, function);
  if (bite.result != NVML_SUCCESS) return traced(function, bite.result);
  if (gpu->suspended != 0) {
    wake(*node, *gpu);
    follow_in_tree(*node);
  }
  *device = handle;
  return traced(function, NVML_SUCCESS);
}

nvmlReturn_t hand_out(const char* function, Gpu* gpu, nvmlDevice_t* device) {
  return hand_out(function, gpu, gpu != nullptr ? device_handle(*gpu) : nullptr, device);
}

template <class Predicate>
Gpu* find_gpu(Node& node, Predicate wanted) {
  for (Gpu& gpu : gpus_of(node)) {
    if (wanted(gpu)) return &gpu;
  }
  return nullptr;
}

nvmlReturn_t by_index(const char* function, unsigned int index, nvmlDevice_t* device) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return traced(function, NVML_ERROR_UNINITIALIZED);
  if (device == nullptr || index >= node->gpu_count) {
    return traced(function, NVML_ERROR_INVALID_ARGUMENT);
  }
  return hand_out(function, &gpus_of(*node)[index], device);
}

/// "0000:1B:00.0", "00000000:1b:00.0" or "1b:00": the function number may be left out.
bool parse_bus_id(const char* text, unsigned int& domain, unsigned int& bus, unsigned int& device) {
  unsigned int function = 0;
  if (std::sscanf(text, "%x:%x:%x.%x", &domain, &bus, &device, &function) >= 3) {
    return function == 0;
  }
  domain = 0;
  return std::sscanf(text, "%x:%x.%x", &bus, &device, &function) >= 2 && function == 0;
}

nvmlReturn_t by_bus_id(const char* function, const char* text, nvmlDevice_t* device) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return traced(function, NVML_ERROR_UNINITIALIZED);
  unsigned int domain = 0;
  unsigned int bus = 0;
  unsigned int slot = 0;
  if (text == nullptr || device == nullptr || !parse_bus_id(text, domain, bus, slot)) {
    return traced(function, NVML_ERROR_INVALID_ARGUMENT);
  }
  Gpu* gpu = find_gpu(*node, [&](const Gpu& candidate) {
    return candidate.domain == domain && candidate.bus == bus && candidate.device == slot;
  });
  return hand_out(function, gpu, device);
}

/// A MIG device with this UUID, also in the older form MIG-GPU-<uuid>/<gi>/<ci>.
bool find_mig(Node& node, std::string_view uuid, Gpu*& found, int& instance, int& compute) {
  for (Gpu& gpu : gpus_of(node)) {
    for (int i = 0; i < static_cast<int>(kMaxGpuInstances); ++i) {
      if (gpu.instances[i].used == 0) continue;
      for (int j = 0; j < static_cast<int>(kMaxComputeInstances); ++j) {
        const ComputeInstance& candidate = gpu.instances[i].compute[j];
        if (candidate.used == 0) continue;
        const std::string old = "MIG-" + std::string(gpu.uuid.view()) + '/' +
                                std::to_string(gpu.instances[i].id) + '/' +
                                std::to_string(candidate.id);
        if (uuid != candidate.uuid.view() && uuid != old) continue;
        found = &gpu;
        instance = i;
        compute = j;
        return true;
      }
    }
  }
  return false;
}

nvmlReturn_t by_uuid(const char* function, std::string_view uuid, nvmlDevice_t* device) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return traced(function, NVML_ERROR_UNINITIALIZED);
  if (device == nullptr || uuid.empty()) return traced(function, NVML_ERROR_INVALID_ARGUMENT);
  Gpu* gpu = find_gpu(*node, [&](const Gpu& candidate) { return candidate.uuid.view() == uuid; });
  int instance = -1;
  int compute = -1;
  if (gpu == nullptr && find_mig(*node, uuid, gpu, instance, compute)) {
    return hand_out(function, gpu, mig_handle(*gpu, instance, compute), device);
  }
  return hand_out(function, gpu, device);
}

std::string uuid_text(const unsigned char* bytes) {
  char text[48];
  int at = std::snprintf(text, sizeof text, "GPU-");
  for (int i = 0; i < 16; ++i) {
    const bool dash = i == 4 || i == 6 || i == 8 || i == 10;
    at += std::snprintf(text + at, sizeof text - static_cast<std::size_t>(at),
                        dash ? "-%02x" : "%02x", bytes[i]);
  }
  return text;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetCount_v2(unsigned int* count) {
  return on_node(__func__, [&](Node& node) { return put(count, node.gpu_count); });
}
ACCEL_NVML nvmlDeviceGetCount(unsigned int* count) {
  return on_node(__func__, [&](Node& node) { return put(count, node.gpu_count); });
}

ACCEL_NVML nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t* device) {
  return by_index(__func__, index, device);
}
ACCEL_NVML nvmlDeviceGetHandleByIndex(unsigned int index, nvmlDevice_t* device) {
  return by_index(__func__, index, device);
}

ACCEL_NVML nvmlDeviceGetHandleByPciBusId_v2(const char* bus_id, nvmlDevice_t* device) {
  return by_bus_id(__func__, bus_id, device);
}
ACCEL_NVML nvmlDeviceGetHandleByPciBusId(const char* bus_id, nvmlDevice_t* device) {
  return by_bus_id(__func__, bus_id, device);
}

ACCEL_NVML nvmlDeviceGetHandleByUUID(const char* uuid, nvmlDevice_t* device) {
  return by_uuid(__func__, uuid != nullptr ? uuid : "", device);
}

ACCEL_NVML nvmlDeviceGetHandleByUUIDV(const nvmlUUID_v1_t* uuid, nvmlDevice_t* device) {
  if (uuid == nullptr) return by_uuid(__func__, "", device);
  if (uuid->version != version_word<nvmlUUID_v1_t>(1)) {
    return traced(__func__, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
  }
  if (uuid->type == kBinaryUuid) return by_uuid(__func__, uuid_text(uuid->value.bytes), device);
  if (uuid->type != kAsciiUuid) return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  const std::size_t length = ::strnlen(uuid->value.str, sizeof uuid->value.str);
  return by_uuid(__func__, {uuid->value.str, length}, device);
}

ACCEL_NVML nvmlDeviceGetHandleBySerial(const char* serial, nvmlDevice_t* device) {
  const Flight flight;
  Node* node = current_node();
  if (node == nullptr) return traced(__func__, NVML_ERROR_UNINITIALIZED);
  if (serial == nullptr || device == nullptr || serial[0] == '\0') {
    return traced(__func__, NVML_ERROR_INVALID_ARGUMENT);
  }
  Gpu* gpu =
      find_gpu(*node, [&](const Gpu& candidate) { return candidate.serial.view() == serial; });
  return hand_out(__func__, gpu, device);
}
