// Offsets of the voltage-frequency curve: the call by performance state and the older ones.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

/// The setting behind a clock type and how far it may go; false where there is none.
bool find_offset(View& v, unsigned int type, std::int32_t*& offset, int& range) {
  offset = type == NVML_CLOCK_MEM ? &v.gpu.settings.memory_offset : &v.gpu.settings.graphics_offset;
  range = type == NVML_CLOCK_MEM ? v.board.clocks.memory_offset : v.board.clocks.graphics_offset;
  return type != NVML_CLOCK_VIDEO && range > 0;
}

nvmlReturn_t set_offset(View& v, unsigned int type, int value) {
  std::int32_t* offset = nullptr;
  int range = 0;
  if (!find_offset(v, type, offset, range)) return NVML_ERROR_NOT_SUPPORTED;
  if (value < -range || value > range) return NVML_ERROR_INVALID_ARGUMENT;
  if (!is_root()) return NVML_ERROR_NO_PERMISSION;
  *offset = value;
  return NVML_SUCCESS;
}

nvmlReturn_t put_offset(View& v, unsigned int type, int* out) {
  std::int32_t* offset = nullptr;
  int range = 0;
  if (!find_offset(v, type, offset, range)) return NVML_ERROR_NOT_SUPPORTED;
  return put(out, int{*offset});
}

nvmlReturn_t put_range(View& v, unsigned int type, int* low, int* high) {
  std::int32_t* offset = nullptr;
  int range = 0;
  if (low == nullptr || high == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  if (!find_offset(v, type, offset, range)) return NVML_ERROR_NOT_SUPPORTED;
  *low = -range;
  *high = range;
  return NVML_SUCCESS;
}

nvmlReturn_t check(const nvmlClockOffset_v1_t* info) {
  if (info == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
  if (info->version != version_word<nvmlClockOffset_v1_t>(1)) {
    return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
  }
  if (info->type > NVML_CLOCK_VIDEO || info->pstate > 15) return NVML_ERROR_INVALID_ARGUMENT;
  return info->pstate == 0 ? NVML_SUCCESS : NVML_ERROR_NOT_SUPPORTED;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetClockOffsets(nvmlDevice_t device, nvmlClockOffset_v1_t* info) {
  return on_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check(info); bad != NVML_SUCCESS) return bad;
    const nvmlReturn_t result =
        put_range(v, info->type, &info->minClockOffsetMHz, &info->maxClockOffsetMHz);
    return result == NVML_SUCCESS ? put_offset(v, info->type, &info->clockOffsetMHz) : result;
  });
}

ACCEL_NVML nvmlDeviceSetClockOffsets(nvmlDevice_t device, nvmlClockOffset_v1_t* info) {
  return change_gpu(__func__, device, [&](View& v) {
    if (const nvmlReturn_t bad = check(info); bad != NVML_SUCCESS) return bad;
    return set_offset(v, info->type, info->clockOffsetMHz);
  });
}

ACCEL_NVML nvmlDeviceGetGpcClkVfOffset(nvmlDevice_t device, int* offset) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_offset(v, NVML_CLOCK_GRAPHICS, offset); });
}
ACCEL_NVML nvmlDeviceSetGpcClkVfOffset(nvmlDevice_t device, int offset) {
  return change_gpu(__func__, device,
                    [&](View& v) { return set_offset(v, NVML_CLOCK_GRAPHICS, offset); });
}
ACCEL_NVML nvmlDeviceGetGpcClkMinMaxVfOffset(nvmlDevice_t device, int* low, int* high) {
  return on_gpu(__func__, device,
                [&](View& v) { return put_range(v, NVML_CLOCK_GRAPHICS, low, high); });
}
ACCEL_NVML nvmlDeviceGetMemClkVfOffset(nvmlDevice_t device, int* offset) {
  return on_gpu(__func__, device, [&](View& v) { return put_offset(v, NVML_CLOCK_MEM, offset); });
}
ACCEL_NVML nvmlDeviceSetMemClkVfOffset(nvmlDevice_t device, int offset) {
  return change_gpu(__func__, device,
                    [&](View& v) { return set_offset(v, NVML_CLOCK_MEM, offset); });
}
ACCEL_NVML nvmlDeviceGetMemClkMinMaxVfOffset(nvmlDevice_t device, int* low, int* high) {
  return on_gpu(__func__, device, [&](View& v) { return put_range(v, NVML_CLOCK_MEM, low, high); });
}
