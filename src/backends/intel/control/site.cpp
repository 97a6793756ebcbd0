#include "backends/intel/control/site.hpp"

#include "backends/intel/gt.hpp"
#include "backends/intel/hwmon.hpp"

namespace accel::intel {
namespace {

// drivers/gpu/drm/i915/gt/intel_gt_sysfs_pm.c, i915_sysfs.c
constexpr std::string_view kBoost = "rps_boost_freq_mhz";
constexpr std::string_view kOldBoost = "gt_boost_freq_mhz";
// drivers/accel/ivpu/ivpu_sysfs.c of kernel 7.2
constexpr std::string_view kNpuFolder = "freq";

RangeFiles npu_range(const Place& place) {
  return {std::string(kNpuFolder),
          place.device().child(kNpuFolder),
          "hw_min_freq",
          "hw_max_freq",
          "set_min_freq",
          "set_max_freq",
          ""};
}

/// "gt/gt0" of ".../card1/gt/gt0"; "card" for the folder itself, which old kernels use.
std::string name_below(const base::Dir& dir, const std::string& folder) {
  const std::string path = dir.path().string();
  return path.size() > folder.size() ? path.substr(folder.size() + 1) : "card";
}

std::string_view boost_of(const base::Dir& dir) {
  if (dir.has(kBoost)) return kBoost;
  return dir.has(kOldBoost) ? kOldBoost : std::string_view();
}

}  // namespace

Error Site::lacks(const SetpointRow& row) const {
  return {Errc::operation_not_supported,
          "the driver " + place_.driver() + " has no file for " + std::string(row.name),
          "",
          {}};
}

std::vector<RangeFiles> Site::ranges() const {
  if (place_.driver() == "intel_vpu") {
    const RangeFiles npu = npu_range(place_);
    return npu.dir.exists() ? std::vector{npu} : std::vector<RangeFiles>{};
  }
  const std::string folder =
      place_.driver() == "xe" ? place_.device().path().string() : place_.class_folder.string();
  std::vector<RangeFiles> ranges;
  for (const Gt& gt : gts_of(place_, is_discrete_)) {
    if (gt.is_media) continue;
    ranges.push_back({name_below(gt.clocks, folder), gt.clocks, gt.files->lowest, gt.files->highest,
                      gt.files->set_lowest, gt.files->set_highest, boost_of(gt.clocks)});
  }
  return ranges;
}

Result<base::Dir> Site::sensors() const {
  const Hwmon hwmon(place_, is_discrete_);
  if (hwmon.dir() != nullptr) return *hwmon.dir();
  return Error{Errc::operation_not_supported,
               place_.device().source("hwmon") + ": no sensors of " + place_.driver(),
               "",
               {}};
}

std::optional<Error> Site::write_refusal(const std::vector<std::string>& paths) const {
  for (const std::string& path : paths) {
    if (auto refusal = settings::write_refusal(machine(), path)) return refusal;
  }
  return std::nullopt;
}

}  // namespace accel::intel
