#include "backends/intel/memory_regions.hpp"

#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>

namespace accel::intel {
namespace {

// include/uapi/drm/i915_drm.h: struct drm_i915_query_memory_regions;
// include/uapi/drm/xe_drm.h: struct drm_xe_query_mem_regions
constexpr std::size_t kRegionSize = 88;
constexpr std::uint16_t kDeviceMemory =
    1;  // I915_MEMORY_CLASS_DEVICE, DRM_XE_MEM_REGION_CLASS_VRAM

/// Where the fields of an answer are.
struct Layout {
  std::size_t header;
  std::size_t total;
  std::size_t second;  ///< i915: what is not allocated; xe: what is in use
};
constexpr Layout kI915{16, 8, 16};
constexpr Layout kXe{8, 8, 16};

struct Sums {
  std::uint64_t total = 0;
  std::uint64_t second = 0;
};

template <class T>
T at(std::span<const std::byte> bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

bool add(std::uint64_t& sum, std::uint64_t value) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return !__builtin_add_overflow(sum, value, &sum) && sum <= most;
}

/// The sums over the device's own regions; nothing where the bytes are no such answer.
std::optional<Sums> sums(std::span<const std::byte> answer, const Layout& layout) {
  if (answer.size() < layout.header) return std::nullopt;
  const auto count = at<std::uint32_t>(answer, 0);
  if (count > (answer.size() - layout.header) / kRegionSize) return std::nullopt;
  Sums found;
  for (std::size_t i = 0; i < count; ++i) {
    const auto region = answer.subspan(layout.header + i * kRegionSize, kRegionSize);
    if (at<std::uint16_t>(region, 0) != kDeviceMemory) continue;
    const auto total = at<std::uint64_t>(region, layout.total);
    const auto second = at<std::uint64_t>(region, layout.second);
    if (second > total) return std::nullopt;
    if (!add(found.total, total) || !add(found.second, second)) return std::nullopt;
  }
  return found;
}

Bytes size(std::uint64_t number) { return bytes(static_cast<std::int64_t>(number)); }

MemoryFigures all(const Absence& why, const std::string& source) {
  return {{why, source}, {why, source}, {why, source}};
}

MemoryFigures not_an_answer(const std::string& source) {
  return all({ReadingStatus::error, source + ": the answer is not in the documented form", ""},
             source);
}

MemoryFigures no_regions(const std::string& source) {
  return all({ReadingStatus::unsupported, source + ": the device has no memory of its own", ""},
             source);
}

constexpr const char* kPerfmon = "run with CAP_PERFMON, or as root";

}  // namespace

MemoryFigures i915_memory(std::span<const std::byte> answer, const std::string& source) {
  const auto found = sums(answer, kI915);
  if (!found) return not_an_answer(source);
  if (found->total == 0) return no_regions(source);
  MemoryFigures figures;
  figures.total = {size(found->total), source};
  // i915_drm.h: without CAP_PERFMON all of it is said to be unallocated.
  if (found->second == found->total) {
    const Absence hidden{ReadingStatus::no_permission,
                         source + ": tells what is in use only with CAP_PERFMON", kPerfmon};
    figures.used = figures.free = {hidden, source};
    return figures;
  }
  figures.free = {size(found->second), source};
  figures.used = {size(found->total - found->second), source};
  return figures;
}

MemoryFigures xe_memory(std::span<const std::byte> answer, const std::string& source) {
  const auto found = sums(answer, kXe);
  if (!found) return not_an_answer(source);
  if (found->total == 0) return no_regions(source);
  MemoryFigures figures;
  figures.total = {size(found->total), source};
  // xe_drm.h: 0 for callers without CAP_PERFMON, in kernels before 6.12. The driver itself always
  // uses some.
  if (found->second == 0) {
    const Absence hidden{ReadingStatus::no_permission,
                         source + ": this kernel tells what is in use only with CAP_PERFMON",
                         kPerfmon};
    figures.used = figures.free = {hidden, source};
    return figures;
  }
  figures.used = {size(found->second), source};
  figures.free = {size(found->total - found->second), source};
  return figures;
}

}  // namespace accel::intel
