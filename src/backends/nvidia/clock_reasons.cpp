#include "backends/nvidia/clock_reasons.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "backends/nvidia/nvml_constants.hpp"

namespace accel::nvidia {
namespace {

using namespace clock_reason;

struct Reason {
  std::uint64_t bit;
  const char* raw;         ///< after nvml.h's nvmlClocksEventReason*
  const char* normalised;  ///< null: does not count as throttling
};

/// In the order of the normalised names; hw_slowdown comes last of the known ones.
constexpr std::array<Reason, 9> kReasons{{
    {kSwThermal, "sw_thermal_slowdown", "thermal"},
    {kHwThermal, "hw_thermal_slowdown", "thermal"},
    {kHwPowerBrake, "hw_power_brake_slowdown", "power_limit"},
    {kSwPowerCap, "sw_power_cap", "sw_power_cap"},
    {kHwSlowdown, "hw_slowdown", "hw_slowdown"},
    {kGpuIdle, "gpu_idle", nullptr},
    {kApplicationsClocks, "applications_clocks_setting", nullptr},
    {kSyncBoost, "sync_boost", nullptr},
    {kDisplayClock, "display_clock_setting", nullptr},
}};

/// The driver sets the general bit together with the ones that tell why.
bool is_explained(const Reason& reason, std::uint64_t mask) {
  return reason.bit == kHwSlowdown && (mask & (kHwThermal | kHwPowerBrake)) != 0;
}

std::uint64_t unknown_bits(std::uint64_t mask) {
  for (const Reason& reason : kReasons) mask &= ~reason.bit;
  return mask;
}

}  // namespace

TextList throttle_reasons(std::uint64_t mask) {
  TextList names;
  for (const Reason& reason : kReasons) {
    const bool counts = (mask & reason.bit) != 0 && reason.normalised != nullptr;
    if (!counts || is_explained(reason, mask)) continue;
    if (names.empty() || names.back() != reason.normalised) names.emplace_back(reason.normalised);
  }
  if (unknown_bits(mask) != 0) names.emplace_back("other");
  return names;
}

TextList clock_reason_names(std::uint64_t mask) {
  TextList names;
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t value = std::uint64_t{1} << bit;
    if ((mask & value) == 0) continue;
    const auto known = std::ranges::find(kReasons, value, &Reason::bit);
    names.push_back(known != kReasons.end() ? std::string(known->raw)
                                            : "bit_" + std::to_string(bit));
  }
  return names;
}

}  // namespace accel::nvidia
