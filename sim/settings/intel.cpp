// Settings of i915, xe and habanalabs: clock ranges and power limits. What is refused:
// drivers/gpu/drm/i915/gt/intel_rps.c, i915_hwmon.c, xe/xe_guc_pc.c, xe_hwmon.c,
// accel/habanalabs/common/sysfs.c.

#include <algorithm>
#include <array>
#include <cerrno>

#include "text.hpp"
#include "write.hpp"

namespace accel::sim {
namespace {

/// Within what the hardware can do; i915 further wants the lowest below the highest.
int graphics_min(Setting& s, std::string_view text) {
  std::uint32_t mhz = 0;
  if (const int error = parse_unsigned(text, mhz)) return error;
  const ClockTable& clocks = s.board.clocks;
  if (mhz < clocks.graphics_min || mhz > clocks.graphics_max) return EINVAL;
  if (s.product.driver == Driver::i915 && mhz > s.card.frequency.max) return EINVAL;
  s.card.frequency.min = mhz;
  return 0;
}

int graphics_max(Setting& s, std::string_view text) {
  std::uint32_t mhz = 0;
  if (const int error = parse_unsigned(text, mhz)) return error;
  const ClockTable& clocks = s.board.clocks;
  if (mhz < clocks.graphics_min || mhz > clocks.graphics_max) return EINVAL;
  if (s.product.driver == Driver::i915 && mhz < s.card.frequency.min) return EINVAL;
  s.card.frequency.max = mhz;
  return 0;
}

int graphics_boost(Setting& s, std::string_view text) {
  std::uint32_t mhz = 0;
  if (const int error = parse_unsigned(text, mhz)) return error;
  if (mhz < s.board.clocks.graphics_min || mhz > s.board.clocks.graphics_max) return EINVAL;
  s.card.frequency.boost = mhz;
  return 0;
}

int media_clock(Setting& s, std::string_view text, std::uint32_t FrequencySettings::*where) {
  std::uint32_t mhz = 0;
  if (const int error = parse_unsigned(text, mhz)) return error;
  if (mhz < s.product.media_min || mhz > s.product.media_max) return EINVAL;
  s.card.frequency.*where = mhz;
  return 0;
}
int media_min(Setting& s, std::string_view text) {
  return media_clock(s, text, &FrequencySettings::media_min);
}
int media_max(Setting& s, std::string_view text) {
  return media_clock(s, text, &FrequencySettings::media_max);
}

int power_profile(Setting& s, std::string_view text) {
  const std::string_view word = without_newline(text);
  if (word != "base" && word != "power_saving") return EINVAL;
  s.card.frequency.power_profile = word == "base" ? 0 : 1;
  return 0;
}

/// Too much is cut without a word.
void limit_power(Setting& s, std::uint32_t milliwatts) {
  s.card.gpu.settings.power_limit_mw =
      std::clamp(milliwatts, s.board.power.min_mw, s.board.power.max_mw);
}

/// 0 switches the limit off.
int power_microwatts(Setting& s, std::string_view text) {
  std::uint32_t microwatts = 0;
  if (const int error = parse_unsigned(text, microwatts)) return error;
  s.card.frequency.limit_off = microwatts == 0 ? 1 : 0;
  limit_power(s, microwatts == 0 ? s.board.power.max_mw : microwatts / 1000);
  return 0;
}

int power_milliwatts(Setting& s, std::string_view text) {
  std::uint32_t milliwatts = 0;
  if (const int error = parse_unsigned(text, milliwatts)) return error;
  limit_power(s, milliwatts);
  return 0;
}

/// The range up to that clock; the firmware cuts what is out of its reach.
int habana_max(Setting& s, std::string_view text) {
  std::uint32_t mhz = 0;
  if (const int error = parse_unsigned(text, mhz)) return error;
  s.card.frequency.max = std::clamp(mhz, s.board.clocks.graphics_min, s.board.clocks.graphics_max);
  return 0;
}

constexpr std::array kIntelFiles{
    SettingFile{"rps_min_freq_mhz", graphics_min},
    SettingFile{"rps_max_freq_mhz", graphics_max},
    SettingFile{"rps_boost_freq_mhz", graphics_boost},
    SettingFile{"gt_min_freq_mhz", graphics_min},
    SettingFile{"gt_max_freq_mhz", graphics_max},
    SettingFile{"gt_boost_freq_mhz", graphics_boost},
    SettingFile{"gt0/freq0/min_freq", graphics_min},
    SettingFile{"gt0/freq0/max_freq", graphics_max},
    SettingFile{"gt1/freq0/min_freq", media_min},
    SettingFile{"gt1/freq0/max_freq", media_max},
    SettingFile{"freq0/power_profile", power_profile},
    SettingFile{"power1_max", power_microwatts},
    SettingFile{"power1_cap", power_microwatts},
};

constexpr std::array kHabanaFiles{
    SettingFile{"clk_max_freq_mhz", habana_max},
    SettingFile{"max_power", power_milliwatts},
};

}  // namespace

int write_intel(Setting& setting, std::string_view name, std::string_view text) {
  const SettingFile* file = find_setting(kIntelFiles, name);
  return file != nullptr ? file->take(setting, text) : EACCES;
}

int write_habanalabs(Setting& setting, std::string_view name, std::string_view text) {
  const SettingFile* file = find_setting(kHabanaFiles, name);
  return file != nullptr ? file->take(setting, text) : EACCES;
}

}  // namespace accel::sim
