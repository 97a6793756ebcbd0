// Fans: how fast they turn, how fast they should, and who decides.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

/// Runs `body` when the card has this fan.
template <class F>
nvmlReturn_t with_fan(View& v, unsigned int fan, F body) {
  if (v.board.fan.count == 0) return NVML_ERROR_NOT_SUPPORTED;
  if (fan >= v.board.fan.count) return NVML_ERROR_INVALID_ARGUMENT;
  return body();
}

unsigned int target(const View& v, unsigned int fan) {
  if (v.gpu.settings.fan_manual[fan] != 0) return v.gpu.settings.fan_target[fan];
  return whole(automatic_fan(v.board, v.gpu.temperature));
}

}  // namespace

ACCEL_NVML nvmlDeviceGetNumFans(nvmlDevice_t device, unsigned int* count) {
  return on_gpu(__func__, device, [&](View& v) { return put(count, v.board.fan.count); });
}

ACCEL_NVML nvmlDeviceGetFanSpeed(nvmlDevice_t device, unsigned int* speed) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_fan(v, 0, [&] { return put(speed, whole(v.gpu.fan_percent[0])); });
  });
}

ACCEL_NVML nvmlDeviceGetFanSpeed_v2(nvmlDevice_t device, unsigned int fan, unsigned int* speed) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] { return put(speed, whole(v.gpu.fan_percent[fan])); });
  });
}

ACCEL_NVML nvmlDeviceGetTargetFanSpeed(nvmlDevice_t device, unsigned int fan, unsigned int* speed) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] { return put(speed, target(v, fan)); });
  });
}

ACCEL_NVML nvmlDeviceGetFanSpeedRPM(nvmlDevice_t device, nvmlFanSpeedInfo_v1_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (info->version != version_word<nvmlFanSpeedInfo_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    return with_fan(v, info->fan, [&] {
      info->speed = whole(v.gpu.fan_percent[info->fan] / 100 * v.board.fan.max_rpm);
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetMinMaxFanSpeed(nvmlDevice_t device, unsigned int* low, unsigned int* high) {
  return on_gpu(__func__, device, [&](View& v) {
    if (low == nullptr || high == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    return with_fan(v, 0, [&] {
      *low = v.board.fan.min_percent;
      *high = v.board.fan.max_percent;
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetFanControlPolicy_v2(nvmlDevice_t device, unsigned int fan,
                                            nvmlFanControlPolicy_t* policy) {
  return on_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] { return put(policy, v.gpu.settings.fan_manual[fan]); });
  });
}

ACCEL_NVML nvmlDeviceSetFanControlPolicy(nvmlDevice_t device, unsigned int fan,
                                         nvmlFanControlPolicy_t policy) {
  return change_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] {
      if (policy > 1) return NVML_ERROR_INVALID_ARGUMENT;
      if (!is_root()) return NVML_ERROR_NO_PERMISSION;
      // Manual control begins at the speed that the fan has.
      v.gpu.settings.fan_target[fan] = target(v, fan);
      v.gpu.settings.fan_manual[fan] = policy;
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceSetFanSpeed_v2(nvmlDevice_t device, unsigned int fan, unsigned int speed) {
  return change_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] {
      if (speed < v.board.fan.min_percent || speed > v.board.fan.max_percent) {
        return NVML_ERROR_INVALID_ARGUMENT;
      }
      if (!is_root()) return NVML_ERROR_NO_PERMISSION;
      v.gpu.settings.fan_manual[fan] = 1;
      v.gpu.settings.fan_target[fan] = speed;
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceSetDefaultFanSpeed_v2(nvmlDevice_t device, unsigned int fan) {
  return change_gpu(__func__, device, [&](View& v) {
    return with_fan(v, fan, [&] {
      if (!is_root()) return NVML_ERROR_NO_PERMISSION;
      v.gpu.settings.fan_manual[fan] = 0;
      return NVML_SUCCESS;
    });
  });
}

ACCEL_NVML nvmlDeviceGetCoolerInfo(nvmlDevice_t device, nvmlCoolerInfo_v1_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (info->version != version_word<nvmlCoolerInfo_v1_t>(1)) {
      return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
    }
    return with_fan(v, info->index, [&] {
      info->signalType = 2;  // variable speed
      info->target = 2;      // the GPU
      return NVML_SUCCESS;
    });
  });
}
