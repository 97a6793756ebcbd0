// Power draw, its limits, and energy.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

nvmlReturn_t set_limit(View& v, unsigned int milliwatts) {
  const PowerLimits& limits = v.board.power;
  if (milliwatts < limits.min_mw || milliwatts > limits.max_mw) return NVML_ERROR_INVALID_ARGUMENT;
  if (!is_root()) return NVML_ERROR_NO_PERMISSION;
  v.gpu.settings.power_limit_mw = milliwatts;
  return NVML_SUCCESS;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int* power) {
  return on_gpu(__func__, device, [&](View& v) {
    const bool average = v.board.features.power_average != 0;
    return put(power, whole(average ? v.gpu.power_average_mw : v.gpu.power_mw));
  });
}

ACCEL_NVML nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long* energy) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(energy, whole_long(v.gpu.totals.energy_mj)); });
}

ACCEL_NVML nvmlDeviceGetPowerManagementMode(nvmlDevice_t device, nvmlEnableState_t* mode) {
  return on_gpu(__func__, device, [&](View&) { return put(mode, 1U); });
}

ACCEL_NVML nvmlDeviceGetPowerManagementLimit(nvmlDevice_t device, unsigned int* limit) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(limit, v.gpu.settings.power_limit_mw); });
}

ACCEL_NVML nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned int* limit) {
  return on_gpu(__func__, device,
                [&](View& v) { return put(limit, v.gpu.settings.power_limit_mw); });
}

ACCEL_NVML nvmlDeviceGetPowerManagementDefaultLimit(nvmlDevice_t device, unsigned int* limit) {
  return on_gpu(__func__, device, [&](View& v) { return put(limit, v.board.power.default_mw); });
}

ACCEL_NVML nvmlDeviceGetPowerManagementLimitConstraints(nvmlDevice_t device, unsigned int* low,
                                                        unsigned int* high) {
  return on_gpu(__func__, device, [&](View& v) {
    if (low == nullptr || high == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    *low = v.board.power.min_mw;
    *high = v.board.power.max_mw;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceSetPowerManagementLimit(nvmlDevice_t device, unsigned int limit) {
  return change_gpu(__func__, device, [&](View& v) { return set_limit(v, limit); });
}

ACCEL_NVML nvmlDeviceSetPowerManagementLimit_v2(nvmlDevice_t device, nvmlPowerValue_v2_t* value) {
  return change_gpu(__func__, device, [&](View& v) {
    if (value == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (value->version != version_word<nvmlPowerValue_v2_t>(2)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    // Only modules with a processor have a second scope.
    if (value->powerScope != 0) return NVML_ERROR_NOT_SUPPORTED;
    return set_limit(v, value->powerValueMw);
  });
}

ACCEL_NVML nvmlDeviceGetPowerSource(nvmlDevice_t device, nvmlPowerSource_t* source) {
  return on_gpu(__func__, device, [&](View&) { return put(source, 0U); });  // mains
}

ACCEL_NVML nvmlDeviceGetPowerState(nvmlDevice_t device, nvmlPstates_t* state) {
  return on_gpu(__func__, device, [&](View& v) { return put(state, v.gpu.pstate); });
}

ACCEL_NVML nvmlDeviceGetPerformanceState(nvmlDevice_t device, nvmlPstates_t* state) {
  return on_gpu(__func__, device, [&](View& v) { return put(state, v.gpu.pstate); });
}

ACCEL_NVML nvmlDeviceGetSupportedPerformanceStates(nvmlDevice_t device, nvmlPstates_t* states,
                                                   unsigned int size) {
  return on_gpu(__func__, device, [&](View& v) {
    if (states == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    // `size` counts bytes; the list holds at most 16 states and is padded with "unknown".
    const std::size_t room = std::min<std::size_t>(size / sizeof *states, 16);
    const unsigned int known[] = {0, 2, 8};
    const std::size_t count = v.board.idle_pstate == 8 ? 3 : 1;
    if (room < count) return NVML_ERROR_INSUFFICIENT_SIZE;
    for (std::size_t i = 0; i < room; ++i) states[i] = i < count ? known[i] : 32;
    return NVML_SUCCESS;
  });
}
