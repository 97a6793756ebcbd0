// What the kernel tells of one open DRM or accel file, in /proc/PID/fdinfo/FD
// (Documentation/gpu/drm-usage-stats.rst). It knows the format, and no driver.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accel::base {

/// One engine class, as far as the driver counts it: some count time, some cycles.
struct DrmEngine {
  std::string name;                           ///< "gfx", "rcs"
  std::optional<std::uint64_t> busy;          ///< nanoseconds
  std::optional<std::uint64_t> cycles;        ///< busy, of `total_cycles`
  std::optional<std::uint64_t> total_cycles;  ///< passed, whoever was busy
  std::uint64_t capacity = 1;                 ///< engines of that class; absent means one
};

/// One memory region, in bytes.
struct DrmRegion {
  std::string name;  ///< "vram", "gtt", "system0"
  std::optional<std::uint64_t> total, shared, resident, active, purgeable;
};

/// One client: an open file, which several descriptors and processes may share.
struct DrmClient {
  std::string driver;  ///< "amdgpu"
  std::string pdev;    ///< PCI address; empty for a device that is not on a PCI bus
  std::optional<std::uint64_t> id;
  std::string name;  ///< what the program calls itself; usually empty
  std::vector<DrmEngine> engines;
  std::vector<DrmRegion> regions;
  /// Numbers under keys that the format does not define, in bytes where they have a size's unit:
  /// "amd-requested-vram", "amdxdna_accel_driver-heap-alloc".
  std::vector<std::pair<std::string, std::uint64_t>> other;

  [[nodiscard]] const DrmEngine* engine(std::string_view engine_name) const;
  [[nodiscard]] const DrmRegion* region(std::string_view region_name) const;
};

/// Nothing when the text names no driver: the file is no DRM file. A line that is not in the
/// documented form is as good as absent. `drm-memory-X` is filed as resident where the driver does
/// not give `drm-resident-X`, of which it is the old name.
[[nodiscard]] std::optional<DrmClient> parse_drm_fdinfo(std::string_view text);

/// "2 MiB", "512 KiB", "4096" (bytes); nothing for anything else.
[[nodiscard]] std::optional<std::uint64_t> parse_drm_size(std::string_view text);

}  // namespace accel::base
