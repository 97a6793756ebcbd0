#include "backends/amd/throttlers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace accel::amd {
namespace {

// In the order in which reasons are listed.
constexpr std::string_view kThermal = "thermal";
constexpr std::string_view kPower = "power_limit";
constexpr std::string_view kCurrent = "current_limit";
constexpr std::string_view kReliability = "reliability";
constexpr std::string_view kOther = "other";
constexpr std::array kOrder{kThermal, kPower, kCurrent, kReliability, kOther};

struct Throttler {
  int bit;
  std::string_view name;
  std::string_view reason;
};

// SMU_THROTTLER_*_BIT in drivers/gpu/drm/amd/pm/swsmu/inc/amdgpu_smu.h.
// clang-format off
constexpr std::array kThrottlers{
    Throttler{0, "PPT0", kPower},             Throttler{1, "PPT1", kPower},
    Throttler{2, "PPT2", kPower},             Throttler{3, "PPT3", kPower},
    Throttler{4, "SPL", kPower},              Throttler{5, "FPPT", kPower},
    Throttler{6, "SPPT", kPower},             Throttler{7, "SPPT_APU", kPower},
    Throttler{16, "TDC_GFX", kCurrent},       Throttler{17, "TDC_SOC", kCurrent},
    Throttler{18, "TDC_MEM", kCurrent},       Throttler{19, "TDC_VDD", kCurrent},
    Throttler{20, "TDC_CVIP", kCurrent},      Throttler{21, "EDC_CPU", kCurrent},
    Throttler{22, "EDC_GFX", kCurrent},       Throttler{23, "APCC", kCurrent},
    Throttler{32, "TEMP_GPU", kThermal},      Throttler{33, "TEMP_CORE", kThermal},
    Throttler{34, "TEMP_MEM", kThermal},      Throttler{35, "TEMP_EDGE", kThermal},
    Throttler{36, "TEMP_HOTSPOT", kThermal},  Throttler{37, "TEMP_SOC", kThermal},
    Throttler{38, "TEMP_VR_GFX", kThermal},   Throttler{39, "TEMP_VR_SOC", kThermal},
    Throttler{40, "TEMP_VR_MEM0", kThermal},  Throttler{41, "TEMP_VR_MEM1", kThermal},
    Throttler{42, "TEMP_LIQUID0", kThermal},  Throttler{43, "TEMP_LIQUID1", kThermal},
    Throttler{44, "VRHOT0", kThermal},        Throttler{45, "VRHOT1", kThermal},
    Throttler{46, "PROCHOT_CPU", kThermal},   Throttler{47, "PROCHOT_GFX", kThermal},
    Throttler{56, "PPM", kPower},             Throttler{57, "FIT", kReliability},
};
// clang-format on

constexpr std::uint64_t bit(int number) { return std::uint64_t{1} << number; }

/// Calls `each` with number, name and reason of every bit that is set.
template <class Each>
void for_each_set(std::uint64_t mask, Each each) {
  for (int number = 0; number < 64; ++number) {
    if ((mask & bit(number)) == 0) continue;
    const auto row = std::ranges::find(kThrottlers, number, &Throttler::bit);
    each(row == kThrottlers.end() ? Throttler{number, {}, kOther} : *row);
  }
}

}  // namespace

std::vector<std::string> throttler_names(std::uint64_t mask) {
  std::vector<std::string> names;
  for_each_set(mask, [&](const Throttler& row) {
    names.push_back(row.name.empty() ? "bit " + std::to_string(row.bit) : std::string(row.name));
  });
  return names;
}

std::vector<std::string> throttle_reasons(std::uint64_t mask) {
  std::vector<std::string> reasons;
  for (const std::string_view reason : kOrder) {
    bool set = false;
    for_each_set(mask, [&](const Throttler& row) { set = set || row.reason == reason; });
    if (set) reasons.emplace_back(reason);
  }
  return reasons;
}

}  // namespace accel::amd
