// Clocks: present, highest, supported, locked, offset.

#include "call.hpp"
#include "structs_device.hpp"

using namespace accel::sim;
using namespace accel::sim::nvml;

namespace {

constexpr unsigned int kTypes = 4;
constexpr unsigned int kPstateMemory[] = {0, 2};  // P0 and P2 run at the work clocks

unsigned int highest(const Board& board, unsigned int type) {
  switch (type) {
    case NVML_CLOCK_MEM: return board.clocks.memory[0];
    case NVML_CLOCK_VIDEO: return board.clocks.video_max;
    default: return board.clocks.graphics_max;
  }
}

unsigned int present(const View& v, unsigned int type) {
  const ClockTable& table = v.board.clocks;
  switch (type) {
    case NVML_CLOCK_MEM: return v.gpu.memory_mhz;
    case NVML_CLOCK_VIDEO: {
      const double share = static_cast<double>(v.gpu.graphics_mhz) / table.graphics_max;
      const double clock = std::max(share * table.video_max, 0.35 * table.video_max);
      return whole(clock / 15) * 15;
    }
    default: return v.gpu.graphics_mhz;
  }
}

bool has_application_clocks(const Board& board) { return board.clocks.graphics_default != 0; }

nvmlReturn_t application(const View& v, unsigned int type, unsigned int* clock) {
  const GpuSettings& set = v.gpu.settings;
  const ClockTable& table = v.board.clocks;
  if (type >= kTypes) return NVML_ERROR_INVALID_ARGUMENT;
  if (!has_application_clocks(v.board) || type == NVML_CLOCK_VIDEO) return NVML_ERROR_NOT_SUPPORTED;
  if (type == NVML_CLOCK_MEM) {
    return put(clock, set.application_memory != 0 ? set.application_memory : table.memory[0]);
  }
  return put(clock,
             set.application_graphics != 0 ? set.application_graphics : table.graphics_default);
}

nvmlReturn_t default_application(const View& v, unsigned int type, unsigned int* clock) {
  if (type >= kTypes) return NVML_ERROR_INVALID_ARGUMENT;
  if (!has_application_clocks(v.board) || type == NVML_CLOCK_VIDEO) return NVML_ERROR_NOT_SUPPORTED;
  const ClockTable& table = v.board.clocks;
  return put(clock, type == NVML_CLOCK_MEM ? table.memory[0] : table.graphics_default);
}

bool is_memory_clock(const Board& board, unsigned int clock) {
  const auto* end = board.clocks.memory + board.clocks.memory_count;
  return std::find(board.clocks.memory, end, clock) != end;
}

bool is_graphics_clock(const Board& board, unsigned int clock) {
  const ClockTable& table = board.clocks;
  return clock >= table.graphics_min && clock <= table.graphics_max &&
         (clock - table.graphics_min) % table.graphics_step == 0;
}

/// The lowest memory clock goes with the lower half of the graphics clocks only.
unsigned int graphics_ceiling(const Board& board, unsigned int memory) {
  const ClockTable& table = board.clocks;
  if (table.memory_count < 2 || memory != table.memory[table.memory_count - 1]) {
    return table.graphics_max;
  }
  const unsigned int half = (table.graphics_max - table.graphics_min) / 2 / table.graphics_step;
  return table.graphics_min + half * table.graphics_step;
}

nvmlReturn_t copy_list(unsigned int* count, unsigned int* out, unsigned int total,
                       unsigned int first, unsigned int step) {
  const unsigned int room = *count;
  *count = total;
  if (room < total || out == nullptr) {
    return room == 0 || out == nullptr || room < total ? NVML_ERROR_INSUFFICIENT_SIZE
                                                       : NVML_SUCCESS;
  }
  for (unsigned int i = 0; i < total; ++i) out[i] = first - i * step;
  return NVML_SUCCESS;
}

}  // namespace

ACCEL_NVML nvmlDeviceGetClockInfo(nvmlDevice_t device, nvmlClockType_t type, unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) {
    return type < kTypes ? put(clock, present(v, type)) : NVML_ERROR_INVALID_ARGUMENT;
  });
}

ACCEL_NVML nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, nvmlClockType_t type,
                                     unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) {
    return type < kTypes ? put(clock, highest(v.board, type)) : NVML_ERROR_INVALID_ARGUMENT;
  });
}

ACCEL_NVML nvmlDeviceGetMaxCustomerBoostClock(nvmlDevice_t device, nvmlClockType_t type,
                                              unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) {
    if (type >= kTypes) return NVML_ERROR_INVALID_ARGUMENT;
    if (!has_application_clocks(v.board)) return NVML_ERROR_NOT_SUPPORTED;
    return put(clock, highest(v.board, type));
  });
}

ACCEL_NVML nvmlDeviceGetClock(nvmlDevice_t device, nvmlClockType_t type, nvmlClockId_t id,
                              unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) {
    if (type >= kTypes) return NVML_ERROR_INVALID_ARGUMENT;
    switch (id) {
      case 0: return put(clock, present(v, type));
      case 1: return application(v, type, clock);
      case 2: return default_application(v, type, clock);
      case 3:
        return has_application_clocks(v.board) ? put(clock, highest(v.board, type))
                                               : NVML_ERROR_NOT_SUPPORTED;
      default: return NVML_ERROR_INVALID_ARGUMENT;
    }
  });
}

ACCEL_NVML nvmlDeviceGetApplicationsClock(nvmlDevice_t device, nvmlClockType_t type,
                                          unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) { return application(v, type, clock); });
}

ACCEL_NVML nvmlDeviceGetDefaultApplicationsClock(nvmlDevice_t device, nvmlClockType_t type,
                                                 unsigned int* clock) {
  return on_gpu(__func__, device, [&](View& v) { return default_application(v, type, clock); });
}

ACCEL_NVML nvmlDeviceSetApplicationsClocks(nvmlDevice_t device, unsigned int memory,
                                           unsigned int graphics) {
  return change_gpu(__func__, device, [&](View& v) {
    if (!has_application_clocks(v.board)) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_memory_clock(v.board, memory) || !is_graphics_clock(v.board, graphics)) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (v.gpu.settings.api_restricted[0] != 0 && !is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.application_memory = memory;
    v.gpu.settings.application_graphics = graphics;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceResetApplicationsClocks(nvmlDevice_t device) {
  return change_gpu(__func__, device, [&](View& v) {
    if (!has_application_clocks(v.board)) return NVML_ERROR_NOT_SUPPORTED;
    if (v.gpu.settings.api_restricted[0] != 0 && !is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.application_memory = v.gpu.settings.application_graphics = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceSetGpuLockedClocks(nvmlDevice_t device, unsigned int low, unsigned int high) {
  return change_gpu(__func__, device, [&](View& v) {
    // Architecture 5 is Volta, the first that locks clocks.
    if (v.board.architecture < 5) return NVML_ERROR_NOT_SUPPORTED;
    const ClockTable& table = v.board.clocks;
    if (low > high || high < table.graphics_min || low > table.graphics_max) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    // The driver takes the supported clocks next to what was asked for.
    const auto nearest = [&](unsigned int clock) {
      clock = std::clamp(clock, table.graphics_min, table.graphics_max);
      return clock - (clock - table.graphics_min) % table.graphics_step;
    };
    v.gpu.settings.locked_graphics_min = nearest(low);
    v.gpu.settings.locked_graphics_max = nearest(high);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceResetGpuLockedClocks(nvmlDevice_t device) {
  return change_gpu(__func__, device, [&](View& v) {
    if (v.board.architecture < 5) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.locked_graphics_min = v.gpu.settings.locked_graphics_max = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceSetMemoryLockedClocks(nvmlDevice_t device, unsigned int low,
                                           unsigned int high) {
  return change_gpu(__func__, device, [&](View& v) {
    if (v.board.clocks.memory_lockable == 0) return NVML_ERROR_NOT_SUPPORTED;
    const ClockTable& table = v.board.clocks;
    if (low > high || high < table.memory[table.memory_count - 1] || low > table.memory[0]) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.locked_memory_min = low;
    v.gpu.settings.locked_memory_max = high;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceResetMemoryLockedClocks(nvmlDevice_t device) {
  return change_gpu(__func__, device, [&](View& v) {
    if (v.board.clocks.memory_lockable == 0) return NVML_ERROR_NOT_SUPPORTED;
    if (!is_root()) return NVML_ERROR_NO_PERMISSION;
    v.gpu.settings.locked_memory_min = v.gpu.settings.locked_memory_max = 0;
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetSupportedMemoryClocks(nvmlDevice_t device, unsigned int* count,
                                              unsigned int* clocks) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    const unsigned int room = *count;
    *count = v.board.clocks.memory_count;
    if (clocks == nullptr || room < *count) return NVML_ERROR_INSUFFICIENT_SIZE;
    std::copy_n(v.board.clocks.memory, *count, clocks);
    return NVML_SUCCESS;
  });
}

ACCEL_NVML nvmlDeviceGetSupportedGraphicsClocks(nvmlDevice_t device, unsigned int memory,
                                                unsigned int* count, unsigned int* clocks) {
  return on_gpu(__func__, device, [&](View& v) {
    if (count == nullptr) return NVML_ERROR_INVALID_ARGUMENT;
    if (!is_memory_clock(v.board, memory)) return NVML_ERROR_NOT_FOUND;
    const ClockTable& table = v.board.clocks;
    const unsigned int top = graphics_ceiling(v.board, memory);
    const unsigned int total = (top - table.graphics_min) / table.graphics_step + 1;
    return copy_list(count, clocks, total, top, table.graphics_step);
  });
}

ACCEL_NVML nvmlDeviceGetMinMaxClockOfPState(nvmlDevice_t device, nvmlClockType_t type,
                                            nvmlPstates_t pstate, unsigned int* low,
                                            unsigned int* high) {
  return on_gpu(__func__, device, [&](View& v) {
    if (low == nullptr || high == nullptr || type >= kTypes || pstate > 15) {
      return NVML_ERROR_INVALID_ARGUMENT;
    }
    const ClockTable& table = v.board.clocks;
    const bool work = pstate == kPstateMemory[0] || pstate == kPstateMemory[1];
    if (!work && pstate != v.board.idle_pstate) return NVML_ERROR_NOT_SUPPORTED;
    if (type == NVML_CLOCK_MEM) {
      *low = *high = work ? table.memory[0] : table.memory_idle;
    } else {
      *low = type == NVML_CLOCK_VIDEO ? table.video_max / 3 : table.graphics_min;
      *high = highest(v.board, type);
    }
    return NVML_SUCCESS;
  });
}
