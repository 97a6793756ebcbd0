// The functions that set something, each with its effect and its place in the record, and those
// that tell what may be set.
#include "fakes/nvml/answers.hpp"

using namespace fake_nvml;

namespace {

/// Records the call with its arguments, then has the effect, unless the script says otherwise.
template <class Effect, class... Args>
unsigned set(const char* function, Device device, Effect effect, Args... args) {
  std::string call = std::string(function) + "(";
  std::string separator;
  ((call += std::exchange(separator, ", ") + std::to_string(args)), ...);
  Gpu* gpu = gpu_of(device);
  {
    const std::scoped_lock lock(guard());
    gpu->sets.push_back(call + ")");
  }
  if (const unsigned status = begin(function, gpu)) return status;
  if (!gpu->deaf) effect(*gpu);
  return 0;
}

struct ClockOffset {
  unsigned version, type, pstate;
  int now, low, high;
};
constexpr unsigned kClockOffsetVersion = 24U | 1U << 24U;

unsigned give_list(const char* function, Device device, unsigned* count, unsigned* out,
                   const std::vector<std::uint32_t>& list) {
  if (const unsigned status = begin(function, gpu_of(device))) return status;
  if (list.empty()) return kNotSupported;
  const unsigned room = *count;
  *count = static_cast<unsigned>(list.size());
  if (out == nullptr || room < *count) return kInsufficient;
  std::memcpy(out, list.data(), list.size() * sizeof(unsigned));
  return 0;
}

unsigned give_offset(const char* function, Device device, int* out,
                     const std::optional<Offset>& offset, int Offset::*member) {
  return give(function, device, out, offset ? std::optional<int>((*offset).*member) : std::nullopt);
}

unsigned give_offset_range(const char* function, Device device, int* low, int* high,
                           const std::optional<Offset>& offset) {
  if (const unsigned status = give_offset(function, device, low, offset, &Offset::low)) {
    return status;
  }
  *high = offset->high;
  return 0;
}

}  // namespace

// What may be set, and how it stands

ACCEL_EXPORT unsigned nvmlDeviceGetSupportedMemoryClocks(Device device, unsigned* count,
                                                         unsigned* out) {
  return give_list(__func__, device, count, out, gpu_of(device)->memory_clocks);
}
ACCEL_EXPORT unsigned nvmlDeviceGetSupportedGraphicsClocks(Device device, unsigned memory,
                                                           unsigned* count, unsigned* out) {
  const auto& lists = gpu_of(device)->graphics_clocks;
  const auto found = lists.find(memory);
  if (found != lists.end()) return give_list(__func__, device, count, out, found->second);
  const unsigned status = begin(__func__, gpu_of(device));
  return status != 0 ? status : kNotFound;
}
ACCEL_EXPORT unsigned nvmlDeviceGetApplicationsClock(Device device, unsigned type, unsigned* out) {
  return give_at(__func__, device, out, gpu_of(device)->application_clocks, type);
}
ACCEL_EXPORT unsigned nvmlDeviceGetDefaultApplicationsClock(Device device, unsigned type,
                                                            unsigned* out) {
  return give_at(__func__, device, out, gpu_of(device)->application_defaults, type);
}
ACCEL_EXPORT unsigned nvmlDeviceGetSupportedPerformanceStates(Device device, unsigned* out,
                                                              unsigned bytes) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  for (std::size_t i = 0; i < bytes / sizeof *out; ++i) {
    out[i] = i < gpu->pstates.size() ? gpu->pstates[i] : 32;
  }
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetClockOffsets(Device device, ClockOffset* info) {
  const Gpu* gpu = gpu_of(device);
  if (const unsigned status = begin(__func__, gpu)) return status;
  if (info->version != kClockOffsetVersion) return kOldVersion;
  const auto found = gpu->offsets.find({info->type, info->pstate});
  if (found == gpu->offsets.end()) return kNotSupported;
  info->now = found->second.now;
  info->low = found->second.low;
  info->high = found->second.high;
  return 0;
}
ACCEL_EXPORT unsigned nvmlDeviceGetGpcClkVfOffset(Device device, int* out) {
  return give_offset(__func__, device, out, gpu_of(device)->graphics_offset, &Offset::now);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMemClkVfOffset(Device device, int* out) {
  return give_offset(__func__, device, out, gpu_of(device)->memory_offset, &Offset::now);
}
ACCEL_EXPORT unsigned nvmlDeviceGetGpcClkMinMaxVfOffset(Device device, int* low, int* high) {
  return give_offset_range(__func__, device, low, high, gpu_of(device)->graphics_offset);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMemClkMinMaxVfOffset(Device device, int* low, int* high) {
  return give_offset_range(__func__, device, low, high, gpu_of(device)->memory_offset);
}
ACCEL_EXPORT unsigned nvmlDeviceGetMinMaxFanSpeed(Device device, unsigned* low, unsigned* high) {
  return give_pair(__func__, device, low, high, gpu_of(device)->fan_range);
}
ACCEL_EXPORT unsigned nvmlDeviceGetTargetFanSpeed(Device device, unsigned fan, unsigned* out) {
  const auto& targets = gpu_of(device)->fan_targets;
  return give(__func__, device, out, fan < targets.size() ? Number(targets[fan]) : Number());
}
ACCEL_EXPORT unsigned nvmlDeviceGetDefaultEccMode(Device device, unsigned* out) {
  return give(__func__, device, out, gpu_of(device)->ecc_default);
}

// What sets them

ACCEL_EXPORT unsigned nvmlDeviceSetPowerManagementLimit(Device device, unsigned limit) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.power_limit = limit; }, limit);
}
ACCEL_EXPORT unsigned nvmlDeviceSetGpuLockedClocks(Device device, unsigned low, unsigned high) {
  return set(
      __func__, device, [](Gpu&) {}, low, high);
}
ACCEL_EXPORT unsigned nvmlDeviceResetGpuLockedClocks(Device device) {
  return set(__func__, device, [](Gpu&) {});
}
ACCEL_EXPORT unsigned nvmlDeviceSetMemoryLockedClocks(Device device, unsigned low, unsigned high) {
  return set(
      __func__, device, [](Gpu&) {}, low, high);
}
ACCEL_EXPORT unsigned nvmlDeviceResetMemoryLockedClocks(Device device) {
  return set(__func__, device, [](Gpu&) {});
}
ACCEL_EXPORT unsigned nvmlDeviceSetApplicationsClocks(Device device, unsigned memory,
                                                      unsigned graphics) {
  const auto effect = [&](Gpu& gpu) { gpu.application_clocks = {{0, graphics}, {2, memory}}; };
  return set(__func__, device, effect, memory, graphics);
}
ACCEL_EXPORT unsigned nvmlDeviceSetClockOffsets(Device device, ClockOffset* info) {
  if (info->version != kClockOffsetVersion) return kOldVersion;
  const auto effect = [&](Gpu& gpu) { gpu.offsets[{info->type, info->pstate}].now = info->now; };
  return set(__func__, device, effect, info->type, info->pstate, info->now);
}
ACCEL_EXPORT unsigned nvmlDeviceSetGpcClkVfOffset(Device device, int offset) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.graphics_offset->now = offset; }, offset);
}
ACCEL_EXPORT unsigned nvmlDeviceSetMemClkVfOffset(Device device, int offset) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.memory_offset->now = offset; }, offset);
}
ACCEL_EXPORT unsigned nvmlDeviceSetFanSpeed_v2(Device device, unsigned fan, unsigned speed) {
  const auto effect = [&](Gpu& gpu) {
    gpu.fan_policies.at(fan) = 1;
    gpu.fan_targets.at(fan) = speed;
  };
  return set(__func__, device, effect, fan, speed);
}
ACCEL_EXPORT unsigned nvmlDeviceSetDefaultFanSpeed_v2(Device device, unsigned fan) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.fan_policies.at(fan) = 0; }, fan);
}
ACCEL_EXPORT unsigned nvmlDeviceSetFanControlPolicy(Device device, unsigned fan, unsigned policy) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.fan_policies.at(fan) = policy; }, fan, policy);
}
ACCEL_EXPORT unsigned nvmlDeviceSetTemperatureThreshold(Device device, unsigned which,
                                                        int* celsius) {
  const auto effect = [&](Gpu& gpu) { gpu.thresholds[which] = static_cast<unsigned>(*celsius); };
  return set(__func__, device, effect, which, *celsius);
}
ACCEL_EXPORT unsigned nvmlDeviceSetPersistenceMode(Device device, unsigned mode) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.persistence = mode; }, mode);
}
ACCEL_EXPORT unsigned nvmlDeviceSetComputeMode(Device device, unsigned mode) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.compute_mode = mode; }, mode);
}
ACCEL_EXPORT unsigned nvmlDeviceSetEccMode(Device device, unsigned mode) {
  return set(
      __func__, device, [&](Gpu& gpu) { gpu.ecc_mode->second = mode; }, mode);
}
