// A libnvidia-ml.so.1 whose answers a test scripts: built as a shared library and opened by the
// real loader, so that tests cover opening, symbols and calling convention. Layouts are written
// down here anew, from nvml.h, so that a mistake in the code under test is not repeated.
#include <cstring>

#include "fakes/nvml/answers.hpp"

using namespace fake_nvml;

namespace {

unsigned give_text(const char* function, Device device, char* out, unsigned room,
                   const Text& value) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(function, gpu)) return status;
  if (script().unterminated || (gpu != nullptr && gpu->all_ones)) {
    std::memset(out, script().unterminated ? 'x' : 0xFF, room);
    return 0;
  }
  if (!value) return kNotSupported;
  if (value->size() + 1 > room) return kInsufficient;
  std::memcpy(out, value->c_str(), value->size() + 1);
  return 0;
}

unsigned give_list(const char* function, Device device, unsigned* count, void* out,
                   const std::vector<Process>& list) {
  if (const unsigned status = begin(function, gpu_of(device))) return status;
  const unsigned room = *count;
  *count = script().claimed_count.value_or(static_cast<unsigned>(list.size()));
  if (list.size() > room) return kInsufficient;
  auto* at = static_cast<unsigned char*>(out);
  for (const Process& process : list) {
    const unsigned none = 0xFFFFFFFF;
    const std::uint64_t more = 42;
    std::memset(at, 0, 24);
    std::memcpy(at, &process.pid, 4);
    std::memcpy(at + 8, &process.memory, 8);
    std::memcpy(at + 16, &process.gpu_instance, 4);
    std::memcpy(at + 20, &none, 4);
    if (script().wide_process_records) std::memcpy(at + 24, &more, 8);
    at += script().wide_process_records ? 32 : 24;
  }
  return 0;
}

struct PciInfo {
  char legacy[16];
  unsigned domain, bus, device, ids, subsystem;
  char bus_id[32];
};
struct FieldValue {
  unsigned id, scope;
  long long time, latency;
  unsigned type, status;
  std::uint64_t bits;
};
struct GpmMetric {
  unsigned id, status;
  double value;
  const char *short_name, *long_name, *unit;
};
struct GpmRequest {
  unsigned version, count;
  void *first, *second;
  GpmMetric metrics[1];
};
/// A GPM sample: of which device it is.
struct Sample {
  Device device = nullptr;
};
std::vector<std::unique_ptr<Sample>>& samples() {
  static std::vector<std::unique_ptr<Sample>> all;
  return all;
}
struct EventData {
  Device device;
  std::uint64_t type, data;
  unsigned gpu_instance, compute_instance;
};

}  // namespace

ACCEL_EXPORT Script* fake_nvml_script() { return &script(); }

// Library

ACCEL_EXPORT unsigned nvmlInit_v2() {
  log_call(__func__);
  if (script().before_init) script().before_init();
  if (script().init_status != 0) return script().init_status;
  ++script().initialized;
  return 0;
}
ACCEL_EXPORT unsigned nvmlShutdown() {
  log_call(__func__);
  --script().initialized;
  samples().clear();  // What a library has given goes with it.
  return script().shutdown_status;
}
ACCEL_EXPORT const char* nvmlErrorString(unsigned status) {
  switch (status) {
    case 3: return "Not Supported";
    case 4: return "Insufficient Permissions";
    case 9: return "Driver Not Loaded";
    case 15: return "GPU is lost";
    case 16: return "GPU requires reset";
    case 18: return "Driver/library version mismatch";
    case 19: return "In use by another client";
    default: return "Unknown Error";
  }
}
ACCEL_EXPORT unsigned nvmlSystemGetDriverVersion(char* out, unsigned room) {
  return give_text(__func__, nullptr, out, room, script().driver_version);
}
ACCEL_EXPORT unsigned nvmlDeviceGetCount_v2(unsigned* count) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  *count = static_cast<unsigned>(script().gpus.size());
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetHandleByIndex_v2(unsigned index, Device* out) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  if (index >= script().gpus.size()) return kInvalid;
  Gpu* gpu = script().gpus[index].get();
  const auto own = gpu->status.find(__func__);
  if (own != gpu->status.end()) return own->second;
  *out = gpu;
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetHandleByPciBusId_v2(const char* bus_id, Device* out) {
  log_call(std::string(__func__) + " " + bus_id);
  for (const auto& gpu : script().gpus) {
    char own[32];
    std::snprintf(own, sizeof own, "%08X:%02X:%02X.0", gpu->domain, gpu->bus, gpu->device);
    if (std::strcmp(own, bus_id) != 0) continue;
    const auto status = gpu->status.find(__func__);
    if (status != gpu->status.end()) return status->second;
    *out = gpu.get();
    return 0;
  }
  return kNotFound;
}

// Identity

ACCEL_EXPORT unsigned nvmlDeviceGetPciInfo_v3(Device device, PciInfo* out) {
  if (const unsigned status = begin(__func__, gpu_of(device))) return status;
  std::memset(out, gpu_of(device)->all_ones ? 0xFF : 0, sizeof *out);
  if (gpu_of(device)->all_ones) return 0;
  out->domain = gpu_of(device)->domain;
  out->bus = gpu_of(device)->bus;
  out->device = gpu_of(device)->device;
  return 0;
}

#define ACCEL_TEXT(name, member)                                           \
  ACCEL_EXPORT unsigned name(Device device, char* out, unsigned room) {    \
    return give_text(__func__, device, out, room, gpu_of(device)->member); \
  }
ACCEL_TEXT(nvmlDeviceGetName, name)
ACCEL_TEXT(nvmlDeviceGetUUID, uuid)
ACCEL_TEXT(nvmlDeviceGetSerial, serial)
ACCEL_TEXT(nvmlDeviceGetVbiosVersion, vbios)
ACCEL_TEXT(nvmlDeviceGetBoardPartNumber, board_part)
ACCEL_TEXT(nvmlDeviceGetInforomImageVersion, inforom)
ACCEL_EXPORT unsigned nvmlDeviceGetGspFirmwareVersion(Device device, char* out) {
  return give_text(__func__, device, out, 64, gpu_of(device)->gsp);
}

#define ACCEL_NUMBER(name, member)                              \
  ACCEL_EXPORT unsigned name(Device device, unsigned* out) {    \
    return give(__func__, device, out, gpu_of(device)->member); \
  }
ACCEL_NUMBER(nvmlDeviceGetMinorNumber, minor)
ACCEL_NUMBER(nvmlDeviceGetIndex, index)
ACCEL_NUMBER(nvmlDeviceGetArchitecture, architecture)
ACCEL_NUMBER(nvmlDeviceGetBrand, brand)
ACCEL_NUMBER(nvmlDeviceGetNumGpuCores, cores)
ACCEL_NUMBER(nvmlDeviceGetMemoryBusWidth, bus_width)
ACCEL_NUMBER(nvmlDeviceGetModuleId, module_id)
ACCEL_NUMBER(nvmlDeviceGetPowerUsage, power)
ACCEL_NUMBER(nvmlDeviceGetPowerManagementLimit, power_limit)
ACCEL_NUMBER(nvmlDeviceGetEnforcedPowerLimit, power_enforced)
ACCEL_NUMBER(nvmlDeviceGetPowerManagementDefaultLimit, power_default)
ACCEL_NUMBER(nvmlDeviceGetPerformanceState, pstate)
ACCEL_NUMBER(nvmlDeviceGetPersistenceMode, persistence)
ACCEL_NUMBER(nvmlDeviceGetComputeMode, compute_mode)
ACCEL_NUMBER(nvmlDeviceGetDisplayActive, display)
ACCEL_NUMBER(nvmlDeviceGetNumFans, fan_count)
ACCEL_NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, pcie_gen)
ACCEL_NUMBER(nvmlDeviceGetCurrPcieLinkWidth, pcie_width)
ACCEL_NUMBER(nvmlDeviceGetGpuMaxPcieLinkGeneration, pcie_gen_max)
ACCEL_NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, pcie_gen_max)
ACCEL_NUMBER(nvmlDeviceGetMaxPcieLinkWidth, pcie_width_max)
ACCEL_NUMBER(nvmlDeviceGetPcieReplayCounter, pcie_replays)
ACCEL_NUMBER(nvmlDeviceGetGpuInstanceId, gpu_instance)
ACCEL_NUMBER(nvmlDeviceGetComputeInstanceId, compute_instance)

ACCEL_EXPORT unsigned nvmlDeviceGetCudaComputeCapability(Device device, int* major, int* minor) {
  if (const unsigned status = begin(__func__, gpu_of(device))) return status;
  const auto& value = gpu_of(device)->capability;
  if (!value) return kNotSupported;
  *major = gpu_of(device)->all_ones ? -1 : value->first;
  *minor = gpu_of(device)->all_ones ? -1 : value->second;
  return 0;
}

// Readings

ACCEL_EXPORT unsigned nvmlDeviceGetFieldValues(Device device, int count, FieldValue* values) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  for (int i = 0; i < count; ++i) {
    const auto found = gpu->fields.find(values[i].id);
    values[i].status = found == gpu->fields.end() ? kInvalid : 0;
    if (found == gpu->fields.end()) continue;
    values[i].type = gpu->all_ones ? 3 : found->second.type;
    values[i].bits = gpu->all_ones ? ~std::uint64_t{0} : found->second.bits;
  }
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetUtilizationRates(Device device, unsigned* out) {
  return give_pair(__func__, device, out, out + 1, gpu_of(device)->utilization);
}
#define ACCEL_ENGINE(name, member)                                             \
  ACCEL_EXPORT unsigned name(Device device, unsigned* out, unsigned* window) { \
    *window = 167000;                                                          \
    return give(__func__, device, out, gpu_of(device)->member);                \
  }
ACCEL_ENGINE(nvmlDeviceGetEncoderUtilization, encoder)
ACCEL_ENGINE(nvmlDeviceGetDecoderUtilization, decoder)
ACCEL_ENGINE(nvmlDeviceGetJpgUtilization, jpeg)
ACCEL_ENGINE(nvmlDeviceGetOfaUtilization, ofa)

ACCEL_EXPORT unsigned nvmlDeviceGetMemoryInfo_v2(Device device, std::uint64_t* out) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  unsigned version = 0;
  std::memcpy(&version, out, 4);
  if (!script().knows_memory_v2 || version != (40U | 2U << 24U)) return kOldVersion;
  if (!gpu->memory_total) return kNotSupported;
  const bool gone = gpu->all_ones;
  const std::uint64_t ones = ~std::uint64_t{0};
  out[1] = gone ? ones : *gpu->memory_total;
  out[2] = gone ? ones : *gpu->memory_reserved;
  out[3] = gone ? ones : *gpu->memory_free;
  out[4] = gone ? ones : *gpu->memory_used;
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetMemoryInfo(Device device, std::uint64_t* out) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (!gpu->memory_total) return kNotSupported;
  const bool gone = gpu->all_ones;
  const std::uint64_t ones = ~std::uint64_t{0};
  out[0] = gone ? ones : *gpu->memory_total;
  out[1] = gone ? ones : *gpu->memory_free;
  out[2] = gone ? ones : *gpu->memory_used + *gpu->memory_reserved;
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetTemperature(Device device, unsigned sensor, unsigned* out) {
  return sensor != 0 ? kInvalid : give(__func__, device, out, gpu_of(device)->temperature);
}
ACCEL_EXPORT unsigned nvmlDeviceGetTemperatureThreshold(Device device, unsigned which,
                                                        unsigned* out) {
  return give_at(__func__, device, out, gpu_of(device)->thresholds, which);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMarginTemperature(Device device, int* out) {
  if (out[0] != (8 | 1 << 24)) return kOldVersion;
  return give(__func__, device, out + 1, gpu_of(device)->margin);
}
ACCEL_EXPORT unsigned nvmlDeviceGetPowerManagementLimitConstraints(Device device, unsigned* low,
                                                                   unsigned* high) {
  return give_pair(__func__, device, low, high, gpu_of(device)->power_range);
}
ACCEL_EXPORT unsigned nvmlDeviceGetTotalEnergyConsumption(Device device, std::uint64_t* out) {
  return give(__func__, device, out, gpu_of(device)->energy);
}
ACCEL_EXPORT unsigned nvmlDeviceGetClockInfo(Device device, unsigned type, unsigned* out) {
  return give_at(__func__, device, out, gpu_of(device)->clocks, type);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMaxClockInfo(Device device, unsigned type, unsigned* out) {
  return give_at(__func__, device, out, gpu_of(device)->max_clocks, type);
}
namespace {
unsigned give_fan(const char* function, Device device, unsigned fan, unsigned* out,
                  const std::vector<std::uint32_t>& values) {
  if (fan < values.size()) return give(function, device, out, Number(values[fan]));
  const unsigned status = begin(function, gpu_of(device));
  return status != 0 ? status : gpu_of(device)->fan_count == 0U ? kNotSupported : kInvalid;
}
}  // namespace
ACCEL_EXPORT unsigned nvmlDeviceGetFanSpeed_v2(Device device, unsigned fan, unsigned* out) {
  return give_fan(__func__, device, fan, out, gpu_of(device)->fan_speeds);
}
ACCEL_EXPORT unsigned nvmlDeviceGetFanControlPolicy_v2(Device device, unsigned fan, unsigned* out) {
  return give_fan(__func__, device, fan, out, gpu_of(device)->fan_policies);
}
ACCEL_EXPORT unsigned nvmlDeviceGetFanSpeedRPM(Device device, unsigned* out) {
  if (out[0] != (12U | 1U << 24U)) return kOldVersion;
  return give_fan(__func__, device, out[1], out + 2, gpu_of(device)->fan_rpms);
}
ACCEL_EXPORT unsigned nvmlDeviceGetCurrentClocksEventReasons(Device device, std::uint64_t* out) {
  return give(__func__, device, out, gpu_of(device)->clock_reasons);
}
ACCEL_EXPORT unsigned nvmlDeviceGetCurrentClocksThrottleReasons(Device device, std::uint64_t* out) {
  return give(__func__, device, out, gpu_of(device)->clock_reasons);
}
ACCEL_EXPORT unsigned nvmlDeviceGetViolationStatus(Device device, unsigned policy,
                                                   std::uint64_t* out) {
  return give_at(__func__, device, out + 1, gpu_of(device)->violations, policy);
}
ACCEL_EXPORT unsigned nvmlDeviceGetPcieThroughput(Device device, unsigned counter, unsigned* out) {
  const Pair& value = gpu_of(device)->pcie_throughput;
  if (!value) return kNotSupported;
  return give(__func__, device, out, Number(counter == 0 ? value->first : value->second));
}
ACCEL_EXPORT unsigned nvmlDeviceGetEccMode(Device device, unsigned* current, unsigned* pending) {
  return give_pair(__func__, device, current, pending, gpu_of(device)->ecc_mode);
}
ACCEL_EXPORT unsigned nvmlDeviceGetTotalEccErrors(Device device, unsigned error, unsigned counter,
                                                  std::uint64_t* out) {
  const auto& counts = gpu_of(device)->ecc_errors;
  const auto found = counts.find({error, counter});
  return give(__func__, device, out, found == counts.end() ? LongNumber() : found->second);
}
ACCEL_EXPORT unsigned nvmlDeviceGetRemappedRows(Device device, unsigned* a, unsigned* b,
                                                unsigned* c, unsigned* d) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (!gpu->remapped_rows) return kNotSupported;
  unsigned* out[] = {a, b, c, d};
  for (std::size_t i = 0; i < 4; ++i) {
    *out[i] = gpu->all_ones ? 0xFFFFFFFF : gpu->remapped_rows->at(i);
  }
  return 0;
}

// NVLink

namespace {
unsigned give_link(const char* function, Device device, unsigned link, unsigned* out,
                   std::uint32_t Link::*member) {
  const auto& links = gpu_of(device)->links;
  if (link < links.size()) return give(function, device, out, Number(links[link].*member));
  const unsigned status = begin(function, gpu_of(device));
  return status != 0 ? status : kInvalid;
}
}  // namespace
ACCEL_EXPORT unsigned nvmlDeviceGetNvLinkState(Device device, unsigned link, unsigned* out) {
  return give_link(__func__, device, link, out, &Link::up);
}
ACCEL_EXPORT unsigned nvmlDeviceGetNvLinkVersion(Device device, unsigned link, unsigned* out) {
  return give_link(__func__, device, link, out, &Link::version);
}
ACCEL_EXPORT unsigned nvmlDeviceGetNvLinkRemoteDeviceType(Device device, unsigned link,
                                                          unsigned* out) {
  return give_link(__func__, device, link, out, &Link::remote_type);
}
ACCEL_EXPORT unsigned nvmlDeviceGetNvLinkRemotePciInfo_v2(Device device, unsigned link,
                                                          PciInfo* out) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (link >= gpu->links.size()) return kInvalid;
  std::memset(out, gpu->all_ones ? 0xFF : 0, sizeof *out);
  if (!gpu->all_ones) out->bus = gpu->links[link].remote_bus;
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetNvLinkErrorCounter(Device device, unsigned link,
                                                      unsigned counter, std::uint64_t* out) {
  const auto& links = gpu_of(device)->links;
  if (link >= links.size()) return kInvalid;
  return give_at(__func__, device, out, links[link].errors, counter);
}

// Fine-grained performance counters

ACCEL_EXPORT unsigned nvmlGpmQueryDeviceSupport(Device device, unsigned* out) {
  if (const unsigned status = begin(__func__, gpu_of(device))) return status;
  if (out[0] != 1) return kOldVersion;
  out[1] = gpu_of(device)->has_gpm ? 1 : 0;
  return 0;
}
ACCEL_EXPORT unsigned nvmlGpmSampleAlloc(void** out) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  const std::scoped_lock lock(guard());
  samples().push_back(std::make_unique<Sample>());
  *out = samples().back().get();
  ++script().gpm_samples;
  return 0;
}
ACCEL_EXPORT unsigned nvmlGpmSampleFree(void* sample) {
  const std::scoped_lock lock(guard());
  std::erase_if(samples(), [&](const auto& own) { return own.get() == sample; });
  --script().gpm_samples;
  return 0;
}
ACCEL_EXPORT unsigned nvmlGpmSampleGet(Device device, void* sample) {
  if (const unsigned status = begin(__func__, gpu_of(device))) return status;
  static_cast<Sample*>(sample)->device = device;
  return 0;
}
ACCEL_EXPORT unsigned nvmlGpmMetricsGet(GpmRequest* request) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  if (request->version != 1) return kOldVersion;
  const auto* first = static_cast<const Sample*>(request->first);
  const auto* second = static_cast<const Sample*>(request->second);
  if (first->device == nullptr || first->device != second->device) return kInvalid;
  const Gpu* gpu = gpu_of(second->device);
  for (unsigned i = 0; i < request->count; ++i) {
    GpmMetric& metric = request->metrics[i];
    const auto found = gpu->gpm.find(metric.id);
    metric.status = found == gpu->gpm.end() ? kNotSupported : 0;
    if (found != gpu->gpm.end()) metric.value = found->second;
  }
  return 0;
}

// Partitions

ACCEL_EXPORT unsigned nvmlDeviceGetMigMode(Device device, unsigned* current, unsigned* pending) {
  return give_pair(__func__, device, current, pending, gpu_of(device)->mig_mode);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMaxMigDeviceCount(Device device, unsigned* out) {
  return give(__func__, device, out, Number(static_cast<unsigned>(gpu_of(device)->mig.size())));
}
ACCEL_EXPORT unsigned nvmlDeviceGetMigDeviceHandleByIndex(Device device, unsigned index,
                                                          Device* out) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (index >= gpu->mig.size()) return kInvalid;
  if (gpu->mig[index] == nullptr) return kNotFound;
  *out = gpu->mig[index].get();
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetAttributes_v2(Device device, unsigned* out) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (!gpu->attributes) return kNotSupported;
  std::memcpy(out, gpu->attributes->data(), 32);
  std::memcpy(out + 8, &gpu->attribute_memory, 8);
  return 0;
}

// Processes

#define ACCEL_LIST(name, member)                                            \
  ACCEL_EXPORT unsigned name(Device device, unsigned* count, void* out) {   \
    return give_list(__func__, device, count, out, gpu_of(device)->member); \
  }
ACCEL_LIST(nvmlDeviceGetComputeRunningProcesses_v3, compute)
ACCEL_LIST(nvmlDeviceGetComputeRunningProcesses_v2, compute)
ACCEL_LIST(nvmlDeviceGetGraphicsRunningProcesses_v3, graphics)
ACCEL_LIST(nvmlDeviceGetGraphicsRunningProcesses_v2, graphics)
ACCEL_LIST(nvmlDeviceGetMPSComputeRunningProcesses_v3, mps)
ACCEL_LIST(nvmlDeviceGetMPSComputeRunningProcesses_v2, mps)

ACCEL_EXPORT unsigned nvmlDeviceGetProcessUtilization(Device device, void* out, unsigned* count,
                                                      std::uint64_t since) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (!gpu->samples) return kNotSupported;
  unsigned written = 0;
  auto* at = static_cast<unsigned char*>(out);
  for (const ProcessSample& sample : *gpu->samples) {
    if (sample.time <= since) continue;
    if (++written > *count) continue;
    std::memcpy(at, &sample.pid, 4);
    std::memcpy(at + 8, &sample.time, 8);
    const unsigned shares[] = {sample.sm, sample.memory, sample.encoder, sample.decoder};
    std::memcpy(at + 16, shares, 16);
    at += 32;
  }
  const bool too_small = written > *count;
  *count = script().claimed_count.value_or(written);
  return written == 0 ? kNotFound : too_small ? kInsufficient : 0;
}

// Events

ACCEL_EXPORT unsigned nvmlDeviceGetSupportedEventTypes(Device device, std::uint64_t* out) {
  return give(__func__, device, out, gpu_of(device)->event_types);
}
ACCEL_EXPORT unsigned nvmlEventSetCreate(void** set) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  *set = &script();
  return 0;
}
ACCEL_EXPORT unsigned nvmlEventSetFree(void* /*set*/) { return begin(__func__, nullptr); }
ACCEL_EXPORT unsigned nvmlDeviceRegisterEvents(Device device, std::uint64_t types, void* /*set*/) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (!gpu->event_types) return kNotSupported;
  if ((types & ~*gpu->event_types) != 0) return kInvalid;
  script().registered_events = types;
  return 0;
}
ACCEL_EXPORT unsigned nvmlEventSetWait_v2(void* /*set*/, EventData* out, unsigned /*timeout*/) {
  if (const unsigned status = begin(__func__, nullptr)) return status;
  if (script().events.empty()) return kTimeout;
  const Event event = script().events.front();
  script().events.erase(script().events.begin());
  *out = {script().gpus.at(event.gpu).get(), event.type, event.data, 0xFFFFFFFF, 0xFFFFFFFF};
  return 0;
}
