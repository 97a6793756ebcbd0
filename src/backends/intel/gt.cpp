#include "backends/intel/gt.hpp"

namespace accel::intel {
namespace {

using base::Dir;

// drivers/gpu/drm/xe/{xe_gt_freq,xe_gt_throttle,xe_gt_idle}.c; `reasons` since kernel 6.19.
constexpr GtFiles kXe{"act_freq", "rp0_freq", "rpn_freq", "max_freq",         "min_freq",
                      "status",   "reasons",  "reason_",  "idle_residency_ms"};
// drivers/gpu/drm/i915/gt/intel_gt_sysfs_pm.c
constexpr GtFiles kI915{"rps_act_freq_mhz",
                        "rps_RP0_freq_mhz",
                        "rps_RPn_freq_mhz",
                        "rps_max_freq_mhz",
                        "rps_min_freq_mhz",
                        "throttle_reason_status",
                        "",
                        "throttle_reason_",
                        "rc6_residency_ms"};
// drivers/gpu/drm/i915/i915_sysfs.c: what kernels before 5.18 have, of the first GT alone
constexpr GtFiles kOldI915{"gt_act_freq_mhz",
                           "gt_RP0_freq_mhz",
                           "gt_RPn_freq_mhz",
                           "gt_max_freq_mhz",
                           "gt_min_freq_mhz",
                           "",
                           "",
                           "",
                           ""};

std::vector<Gt> xe_gts(const Place& place) {
  std::vector<Gt> gts;
  for (const Dir& tile : place.device().children("tile")) {
    for (const Dir& gt : tile.children("gt")) {
      // "gt0-rc" or "gt1-mc" (xe_gt_idle.c)
      const auto name = gt.child("gtidle").text("name");
      gts.push_back({&kXe, gt.child("freq0"), gt.child("freq0/throttle"), gt.child("gtidle"),
                     name && name->ends_with("-mc")});
    }
  }
  return gts;
}

std::vector<Gt> i915_gts(const Place& place, bool is_discrete) {
  std::vector<Gt> gts;
  const Dir card = place.card();
  for (const Dir& gt : card.child("gt").children("gt")) {
    // A card's further GTs are tiles; a processor's second one has the video engines
    // (i915_pci.c: xelpmp_extra_gt of Meteor Lake).
    gts.push_back({&kI915, gt, gt, gt, !is_discrete && gt.name() != "gt0"});
  }
  if (gts.empty() && card.has(kOldI915.actual)) gts.push_back({&kOldI915, card, card, card, false});
  return gts;
}

}  // namespace

std::vector<Gt> gts_of(const Place& place, bool is_discrete) {
  if (place.driver() == "xe") return xe_gts(place);
  if (place.driver() == "i915" && !place.class_folder.empty()) return i915_gts(place, is_discrete);
  return {};
}

}  // namespace accel::intel
