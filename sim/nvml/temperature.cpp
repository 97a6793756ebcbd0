// Temperatures, the margins below their limits, and thresholds.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

// nvmlTemperatureThresholds_t
enum Threshold : unsigned int {
  kShutdown,
  kSlowdown,
  kMemoryMax,
  kGpuMax,
  kAcousticMin,
  kAcousticNow,
  kAcousticMax,
  kGpsNow,
};

bool threshold(const View& v, unsigned int type, int& celsius) {
  const ThermalLimits& limits = v.board.thermal;
  switch (type) {
    case kShutdown: celsius = limits.shutdown; break;
    case kSlowdown: celsius = limits.slowdown; break;
    case kMemoryMax: celsius = limits.memory_max; break;
    case kGpuMax: celsius = limits.gpu_max; break;
    case kAcousticMin: celsius = limits.acoustic_min; break;
    case kAcousticNow:
      celsius = limits.acoustic_max > 0 ? v.gpu.settings.acoustic_target : 0;
      break;
    case kAcousticMax: celsius = limits.acoustic_max; break;
    default: celsius = 0; break;
  }
  return celsius > 0;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetTemperature(nvmlDevice_t device, nvmlTemperatureSensors_t sensor,
                                    unsigned int* celsius) {
  return on_gpu(__func__, device, [&](View& v) {
    if (sensor != 0) return NVML_ERROR_INVALID_ARGUMENT;
    return put(celsius, whole(v.gpu.temperature));
  });
}

ACCEL_NVML nvmlDeviceGetTemperatureV(nvmlDevice_t device, nvmlTemperature_v1_t* temperature) {
  return on_gpu(__func__, device, [&](View& v) {
    if (temperature == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (temperature->version != version_word<nvmlTemperature_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    if (temperature->sensorType != 0) return NVML_ERROR_INVALID_ARGUMENT;
    temperature->temperature = static_cast<int>(whole(v.gpu.temperature));
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetMarginTemperature(nvmlDevice_t device, nvmlMarginTemperature_v1_t* margin) {
  return on_gpu(__func__, device, [&](View& v) {
    if (margin == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (margin->version != version_word<nvmlMarginTemperature_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    if (v.board.thermal.margins == 0) return NVML_ERROR_NOT_SUPPORTED;
    const double left = v.board.thermal.gpu_max - v.gpu.temperature;
    margin->marginTemperature = static_cast<int>(std::clamp(left, -1e9, 1e9));
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetTemperatureThreshold(nvmlDevice_t device, nvmlTemperatureThresholds_t type,
                                             unsigned int* celsius) {
  return on_gpu(__func__, device, [&](View& v) {
    if (type > kGpsNow) return NVML_ERROR_INVALID_ARGUMENT;
    int value = 0;
    if (!threshold(v, type, value)) return NVML_ERROR_NOT_SUPPORTED;
    return put(celsius, static_cast<unsigned int>(value));
  });
}

ACCEL_NVML nvmlDeviceSetTemperatureThreshold(nvmlDevice_t device, nvmlTemperatureThresholds_t type,
                                             int* celsius) {
  return change_gpu(__func__, device, [&](View& v) {
    const ThermalLimits& limits = v.board.thermal;
    if (celsius == nullptr || type > kGpsNow) return NVML_ERROR_INVALID_ARGUMENT;
    if (type != kAcousticNow || limits.acoustic_max == 0) return NVML_ERROR_NOT_SUPPORTED;
    if (*celsius < limits.acoustic_min || *celsius > limits.acoustic_max) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.acoustic_target = *celsius;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetThermalSettings(nvmlDevice_t device, unsigned int index,
                                        nvmlGpuThermalSettings_t* settings) {
  return on_gpu(__func__, device, [&](View& v) {
    // 15: all sensors at once (NVML_THERMAL_TARGET_ALL)
    if (settings == nullptr || (index != 0 && index != 15)) return NVML_ERROR_INVALID_ARGUMENT;
    *settings = {};
    settings->count = 1;
    settings->sensor[0].controller = 1;  // inside the GPU
    settings->sensor[0].defaultMaxTemp = v.board.thermal.gpu_max;
    settings->sensor[0].currentTemp = static_cast<int>(whole(v.gpu.temperature));
    settings->sensor[0].target = 1;  // the GPU
    return NVML_SUCCESS;
  });
}
