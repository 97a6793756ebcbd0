// Settings of amdgpu with a value each. What is refused, and how:
// drivers/gpu/drm/amd/pm/amdgpu_pm.c, swsmu/amdgpu_smu.c, and swsmu/smu14/smu_v14_0_0_ppt.c for
// GPUs in the processor.

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "../model/card_settings.hpp"
#include "../tree/amdgpu_rows.hpp"
#include "text.hpp"
#include "write.hpp"

namespace accel::sim {
namespace {

constexpr std::uint32_t kManual = 1;  // of pwm1_enable
constexpr std::uint32_t kAutomatic = 2;

bool is_instinct(const Setting& s) { return s.product.metrics == kMetrics17; }

/// Whole watts only; 0 keeps what is set.
int power_cap(Setting& s, std::string_view text) {
  std::uint32_t microwatts = 0;
  if (const int error = parse_unsigned(text, microwatts)) return error;
  const std::uint32_t milliwatts = microwatts / 1'000'000 * 1000;
  if (milliwatts == 0) return 0;
  if (milliwatts > s.board.power.max_mw || milliwatts < s.board.power.min_mw) return EINVAL;
  s.card.gpu.settings.power_limit_mw = milliwatts;
  return 0;
}

int fan_mode(Setting& s, std::string_view text) {
  std::int32_t mode = 0;
  if (const int error = parse_signed(text, mode)) return error;
  if (mode < 0 || mode > 2) return EINVAL;
  s.card.amd.fan_mode = static_cast<std::uint32_t>(mode);
  if (s.card.amd.fan_mode == kManual) {
    s.card.amd.fan_duty = static_cast<std::uint32_t>(s.card.gpu.fan_percent[0] * 2.55);
  }
  return 0;
}

int fan_enable(Setting& s, std::string_view text) {
  std::uint32_t on = 0;
  if (const int error = parse_unsigned(text, on)) return error;
  if (on > 1) return EINVAL;
  return fan_mode(s, on == 1 ? "1" : "2");
}

int duty(Setting& s, std::string_view text) {
  if (s.card.amd.fan_mode != kManual) return EINVAL;
  std::uint32_t value = 0;
  if (const int error = parse_unsigned(text, value)) return error;
  // The firmware counts in hundredths, so that 128 reads as 127.
  s.card.amd.fan_duty = std::min(value, 255U);
  return 0;
}

int fan_target(Setting& s, std::string_view text) {
  if (s.card.amd.fan_mode != kManual) return ENODATA;
  std::uint32_t rpm = 0;
  if (const int error = parse_unsigned(text, rpm)) return error;
  if (s.board.fan.max_rpm == 0) return EINVAL;
  s.card.amd.fan_duty = std::min(rpm, s.board.fan.max_rpm) * 255 / s.board.fan.max_rpm;
  return 0;
}

bool is_profile(std::uint32_t level) { return level >= kLevelStandard && level <= kLevelPeak; }

int level(Setting& s, std::string_view text) {
  const auto* found = std::find(kLevels.begin(), kLevels.end(), without_newline(text));
  if (found == kLevels.end()) return EINVAL;
  const auto wanted = static_cast<std::uint32_t>(found - kLevels.begin());
  if (wanted == kLevelDeterminism && !is_instinct(s)) return EINVAL;
  if (wanted == kLevelExit) {
    if (!is_profile(s.card.amd.level)) return EINVAL;
    s.card.amd.level = kLevelAuto;
    return 0;
  }
  s.card.amd.level = wanted;
  s.card.amd.graphics_mask = s.card.amd.memory_mask = 0;
  return 0;
}

/// Row numbers, of which the lowest and the highest count.
int read_mask(std::string_view text, std::uint32_t& mask) {
  for (const std::string_view word : words_of(text)) {
    std::uint32_t row = 0;
    if (parse_unsigned(word, row) != 0 || row > 31) return EINVAL;
    mask |= 1U << row;
  }
  return mask == 0 ? EINVAL : 0;
}

int clock_rows(Setting& s, std::string_view text, std::uint32_t AmdSettings::*where) {
  std::uint32_t mask = 0;
  if (const int error = read_mask(text, mask)) return error;
  if (s.card.amd.level != kLevelManual) return EINVAL;
  s.card.amd.*where = mask;
  return 0;
}

int graphics_rows(Setting& s, std::string_view text) {
  return clock_rows(s, text, &AmdSettings::graphics_mask);
}
int memory_rows(Setting& s, std::string_view text) {
  return clock_rows(s, text, &AmdSettings::memory_mask);
}

int profile(Setting& s, std::string_view text) {
  const auto words = words_of(text);
  std::uint32_t number = 0;
  if (words.empty() || parse_unsigned(words[0], number) != 0) return EINVAL;
  if (number >= std::size(kProfiles) || s.card.amd.level != kLevelManual) return EINVAL;
  // One of your own needs its parameters.
  if (number == kCustomProfile && words.size() < 2) return EINVAL;
  s.card.amd.profile = number;
  return 0;
}

int compute_partition(Setting& s, std::string_view text) {
  const std::string_view word = without_newline(text);
  for (std::uint32_t i = 0; i < std::size(kComputePartitions); ++i) {
    if (word != kComputePartitions[i]) continue;
    if (s.card.gpu.process_count > 0 && s.card.amd.compute_partition != i) return EBUSY;
    s.card.amd.compute_partition = i;
    return 0;
  }
  return EINVAL;
}

/// Noted for the next time that the driver is loaded; until then the old mode is shown.
int memory_partition(Setting&, std::string_view text) {
  const std::string_view word = without_newline(text);
  const bool known = std::any_of(std::begin(kMemoryPartitions), std::end(kMemoryPartitions),
                                 [&](const char* mode) { return word == mode; });
  return known ? 0 : EINVAL;
}

/// The firmware of a processor takes rows of other clocks than these two.
int no_rows(Setting&, std::string_view) { return EINVAL; }

constexpr std::array kProcessorFiles{
    SettingFile{"power_dpm_force_performance_level", level},
    SettingFile{"pp_dpm_sclk", no_rows},
    SettingFile{"pp_dpm_mclk", no_rows},
};

constexpr std::array kFiles{
    SettingFile{"power1_cap", power_cap},
    SettingFile{"pwm1", duty},
    SettingFile{"pwm1_enable", fan_mode},
    SettingFile{"fan1_enable", fan_enable},
    SettingFile{"fan1_target", fan_target},
    SettingFile{"power_dpm_force_performance_level", level},
    SettingFile{"pp_dpm_sclk", graphics_rows},
    SettingFile{"pp_dpm_mclk", memory_rows},
    SettingFile{"pp_power_profile_mode", profile},
    SettingFile{"current_compute_partition", compute_partition},
    SettingFile{"current_memory_partition", memory_partition},
};

}  // namespace

int write_amdgpu(Setting& setting, std::string_view name, std::string_view text) {
  const bool is_processor = setting.product.metrics == kMetrics30;
  if (is_processor && name.starts_with("gpu_od/")) return EACCES;
  const SettingFile* file =
      is_processor ? find_setting(kProcessorFiles, name) : find_setting(kFiles, name);
  return file != nullptr ? file->take(setting, text) : write_amdgpu_overdrive(setting, name, text);
}

}  // namespace accel::sim
