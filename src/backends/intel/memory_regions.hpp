// Device memory as the two drivers describe it, in their answers to a query and in sysfs.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "backends/intel/place.hpp"

namespace accel::intel {

struct MemoryFigures {
  Reading<Bytes> total, used, free;
};

/// The figures in an answer to DRM_I915_QUERY_MEMORY_REGIONS or DRM_XE_DEVICE_QUERY_MEM_REGIONS;
/// every field `malformed` where the bytes are no such answer.
[[nodiscard]] MemoryFigures i915_memory(std::span<const std::byte> answer,
                                        const std::string& source);
[[nodiscard]] MemoryFigures xe_memory(std::span<const std::byte> answer, const std::string& source);

/// Asks the driver through the render node, which may be opened on this machine only and while the
/// device is awake; else reads what sysfs has.
[[nodiscard]] MemoryFigures memory_of(const Place& place, const Machine& machine, bool is_discrete);

}  // namespace accel::intel
