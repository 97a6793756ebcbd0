#include "support/driver_rules.hpp"

#include <array>
#include <charconv>
#include <filesystem>
#include <optional>
#include <sstream>
#include <vector>

namespace accel::testing {
namespace {

/// A file that was written to, among the others.
struct Written {
  ServedFiles& files;
  std::string path;
  std::string text;

  [[nodiscard]] std::string& content() const { return files[path].content; }
  /// A file beside it, or "../name".
  [[nodiscard]] std::string beside(const std::string& name) const {
    const auto other = (std::filesystem::path(path).parent_path() / name).lexically_normal();
    const auto found = files.find(other.string());
    return found == files.end() ? std::string() : found->second.content;
  }
  [[nodiscard]] std::optional<long> number_beside(const std::string& name) const;
};

std::optional<long> number(const std::string& text) {
  long value = 0;
  const auto end = text.find_last_not_of(" \n") + 1;
  const auto [stop, status] = std::from_chars(text.data(), text.data() + end, value);
  if (status != std::errc{} || stop != text.data() + end) return std::nullopt;
  return value;
}

std::optional<long> Written::number_beside(const std::string& name) const {
  return number(beside(name));
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

std::vector<std::string> lines(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

/// The numbers in a text, whatever stands between: {500, 5000} of "SCLK: 500Mhz 5000Mhz".
std::vector<long> numbers_in(const std::string& text) {
  std::vector<long> all;
  for (std::size_t at = 0; at < text.size();) {
    const bool starts = (text[at] >= '0' && text[at] <= '9') || text[at] == '-';
    long value = 0;
    const auto [stop, status] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (starts && status == std::errc{}) {
      all.push_back(value);
      at = static_cast<std::size_t>(stop - text.data());
    } else {
      ++at;
    }
  }
  return all;
}

int keep(const Written& written) {
  written.content() = written.text + "\n";
  return 0;
}

// amdgpu: amdgpu_pm.c and the swsmu and powerplay layers below it.

bool is_manual(const Written& written) {
  return words(written.beside("power_dpm_force_performance_level")) ==
         std::vector<std::string>{"manual"};
}

/// Whole watts within the limits; 0 keeps what is set.
int amd_power_cap(const Written& written) {
  const auto wanted = number(written.text);
  if (!wanted || *wanted < 0) return EINVAL;
  const long whole = *wanted / 1'000'000 * 1'000'000;
  if (whole == 0) return 0;
  if (whole > written.number_beside("power1_cap_max").value_or(whole)) return EINVAL;
  if (whole < written.number_beside("power1_cap_min").value_or(0)) return EINVAL;
  written.content() = std::to_string(whole) + "\n";
  return 0;
}

/// An automatic fan of a cool card stands still.
int pwm_enable(const Written& written) {
  const auto mode = number(written.text);
  if (!mode || *mode < 0 || *mode > 2) return EINVAL;
  const auto suffix = written.path.rfind("_enable");
  if (*mode == 2) written.files[written.path.substr(0, suffix)].content = "0\n";
  return keep(written);
}

int pwm(const Written& written) {
  const auto duty = number(written.text);
  if (written.number_beside(std::filesystem::path(written.path).filename().string() + "_enable") !=
      1) {
    return EINVAL;
  }
  return duty && *duty >= 0 && *duty <= 255 ? keep(written) : EINVAL;
}

int level(const Written& written) {
  for (const char* word : {"auto", "low", "high", "manual", "profile_standard", "profile_min_sclk",
                           "profile_min_mclk", "profile_peak"}) {
    if (written.text == word) return keep(written);
  }
  return EINVAL;
}

int dpm_rows(const Written& written) {
  if (!is_manual(written)) return EINVAL;
  for (const std::string& word : words(written.text)) {
    const auto row = number(word);
    if (!row || *row < 0 || *row > 31) return EINVAL;
  }
  return words(written.text).empty() ? EINVAL : 0;
}

/// The star goes from one name to another.
int amd_profile(const Written& written) {
  if (!is_manual(written)) return EINVAL;
  std::string all;
  bool found = false;
  for (std::string line : lines(written.content())) {
    const auto first = words(line);
    std::erase(line, '*');
    if (!first.empty() && first[0] == written.text && line.find(':') != std::string::npos) {
      line.insert(line.find(':'), "*");
      found = true;
    }
    all += line + "\n";
  }
  if (!found) return EINVAL;
  written.content() = all;
  return 0;
}

/// "SCLK: 500Mhz 5000Mhz" behind OD_RANGE.
std::optional<std::pair<long, long>> range_of(const std::string& table, const std::string& name) {
  for (const std::string& line : lines(table)) {
    if (!line.starts_with(name + ":")) continue;
    const auto ends = numbers_in(line.substr(name.size()));
    if (ends.size() == 2) return std::pair{ends[0], ends[1]};
  }
  return std::nullopt;
}

/// The line of a row of a section: "1: 2735Mhz" of "OD_SCLK:"; one without index for -1.
std::string* row_of(std::vector<std::string>& table, const std::string& section, long index) {
  bool inside = false;
  for (std::string& line : table) {
    const auto name = line.find("OD_");
    if (name != std::string::npos) inside = line.substr(name) == section + ":";
    const bool is_row = inside && name == std::string::npos;
    if (is_row && (index < 0 || line.starts_with(std::to_string(index) + ":"))) return &line;
  }
  return nullptr;
}

std::string joined(const std::vector<std::string>& table) {
  std::string all;
  for (const std::string& line : table) all += line + "\n";
  return all;
}

/// "s 1 2000", "m 1 1300", "s -100", "s 7 1400 1150".
int edit_clock(const Written& written, const std::vector<std::string>& command) {
  const std::string table = written.content();
  const bool is_memory = command[0] == "m";
  const bool is_offset = !is_memory && table.find("OD_SCLK_OFFSET") != std::string::npos;
  std::string section = is_memory ? "OD_MCLK" : "OD_SCLK";
  if (is_offset) section += "_OFFSET";
  const auto range = range_of(table, section.substr(3));
  const std::size_t value_at = is_offset ? 1 : 2;
  if (command.size() <= value_at || (range && !number(command[value_at]))) return EINVAL;
  const long value = *number(command[value_at]);
  if (range && (value < range->first || value > range->second)) return EINVAL;
  auto rows = lines(table);
  std::string* row = row_of(rows, section, is_offset ? -1 : *number(command[1]));
  if (row == nullptr) return EINVAL;
  *row = is_offset ? command[1] + "Mhz" : command[1] + ": " + command[2] + "Mhz";
  if (command.size() > 3) *row += " " + command[3] + "mV";
  const std::string* low = row_of(rows, section, 0);
  const std::string* high = row_of(rows, section, 1);
  const bool is_range = low != nullptr && high != nullptr && row_of(rows, section, 2) == nullptr;
  if (is_range && !is_offset && numbers_in(*low)[1] > numbers_in(*high)[1]) return EINVAL;
  written.content() = joined(rows);
  return 0;
}

bool wants_manual(const std::string& table) {
  return table.find("OD_VDDGFX_OFFSET") == std::string::npos;
}

int clock_table(const Written& written) {
  const auto command = words(written.text);
  if (written.text.size() > 127 || command.empty()) return EINVAL;
  if (wants_manual(written.content()) && !is_manual(written)) return EINVAL;
  if (command[0] == "c" || command[0] == "r") return 0;
  return command[0] == "s" || command[0] == "m" ? edit_clock(written, command) : EINVAL;
}

/// "2 60 45": a point, its temperature, its speed.
int fan_curve(const Written& written) {
  const auto command = words(written.text);
  auto table = lines(written.content());
  if (command == std::vector<std::string>{"c"}) return 0;
  if (command == std::vector<std::string>{"r"}) {
    for (long point = 0; point < 5; ++point) {
      *row_of(table, "OD_FAN_CURVE", point) = std::to_string(point) + ": 0C 0%";
    }
    written.content() = joined(table);
    return 0;
  }
  if (command.size() != 3 || !number(command[1]) || !number(command[2])) return EINVAL;
  const auto heat = range_of(written.content(), "FAN_CURVE(hotspot temp)");
  const auto speed = range_of(written.content(), "FAN_CURVE(fan speed)");
  const long celsius = *number(command[1]);
  const long percent = *number(command[2]);
  if (celsius < heat->first || celsius > heat->second) return EINVAL;
  if (percent < speed->first || percent > speed->second) return EINVAL;
  std::string* row = row_of(table, "OD_FAN_CURVE", number(command[0]).value_or(99));
  if (row == nullptr) return EINVAL;
  *row = command[0] + ": " + command[1] + "C " + command[2] + "%";
  written.content() = joined(table);
  return 0;
}

/// Header, value, OD_RANGE, "KEY: low high".
int fan_value(const Written& written) {
  if (written.text == "c" || written.text == "r") return 0;
  auto table = lines(written.content());
  const auto wanted = number(written.text);
  const auto range = numbers_in(table.at(3));
  if (!wanted || *wanted < range.at(0) || *wanted > range.at(1)) return EINVAL;
  table.at(1) = written.text;
  written.content() = joined(table);
  return 0;
}

// i915 and xe: intel_rps.c, xe_guc_pc.c, i915_hwmon.c, xe_hwmon.c.

struct RangeNames {
  std::string_view file, lowest, highest, min, max;
};
constexpr std::array kRanges{
    RangeNames{"min_freq", "rpn_freq", "rp0_freq", "min_freq", "max_freq"},
    RangeNames{"max_freq", "rpn_freq", "rp0_freq", "min_freq", "max_freq"},
    RangeNames{"rps_min_freq_mhz", "rps_RPn_freq_mhz", "rps_RP0_freq_mhz", "rps_min_freq_mhz",
               "rps_max_freq_mhz"},
    RangeNames{"rps_max_freq_mhz", "rps_RPn_freq_mhz", "rps_RP0_freq_mhz", "rps_min_freq_mhz",
               "rps_max_freq_mhz"},
    RangeNames{"rps_boost_freq_mhz", "rps_RPn_freq_mhz", "rps_RP0_freq_mhz", "", ""},
};

int frequency(const Written& written) {
  const std::string name = std::filesystem::path(written.path).filename();
  const auto wanted = number(written.text);
  for (const RangeNames& range : kRanges) {
    if (range.file != name) continue;
    if (!wanted || *wanted < written.number_beside(std::string(range.lowest)) ||
        *wanted > written.number_beside(std::string(range.highest))) {
      return EINVAL;
    }
    if (name == range.min && *wanted > written.number_beside(std::string(range.max))) return EINVAL;
    if (name == range.max && *wanted < written.number_beside(std::string(range.min))) return EINVAL;
    return keep(written);
  }
  return EINVAL;
}

/// Too much is cut without a word, to what the test's cards are made for.
int intel_power(const Written& written) {
  constexpr long kMost = 190'000'000;
  const auto wanted = number(written.text);
  if (!wanted || *wanted < 0) return EINVAL;
  written.content() = std::to_string(std::min(*wanted, kMost)) + "\n";
  return 0;
}

int xe_profile(const Written& written) {
  if (written.text != "base" && written.text != "power_saving") return EINVAL;
  written.content() =
      written.text == "base" ? "[base]    power_saving\n" : "base    [power_saving]\n";
  return 0;
}

struct Rule {
  std::string_view name;
  int (*take)(const Written& written);
};
constexpr std::array kRules{
    Rule{"pwm1_enable", pwm_enable},
    Rule{"pwm2_enable", pwm_enable},
    Rule{"pwm3_enable", pwm_enable},
    Rule{"pwm1", pwm},
    Rule{"pwm2", pwm},
    Rule{"pwm3", pwm},
    Rule{"power_dpm_force_performance_level", level},
    Rule{"pp_dpm_sclk", dpm_rows},
    Rule{"pp_dpm_mclk", dpm_rows},
    Rule{"pp_power_profile_mode", amd_profile},
    Rule{"pp_od_clk_voltage", clock_table},
    Rule{"fan_curve", fan_curve},
    Rule{"acoustic_limit_rpm_threshold", fan_value},
    Rule{"acoustic_target_rpm_threshold", fan_value},
    Rule{"fan_target_temperature", fan_value},
    Rule{"fan_minimum_pwm", fan_value},
    Rule{"fan_zero_rpm_enable", fan_value},
    Rule{"min_freq", frequency},
    Rule{"max_freq", frequency},
    Rule{"rps_min_freq_mhz", frequency},
    Rule{"rps_max_freq_mhz", frequency},
    Rule{"rps_boost_freq_mhz", frequency},
    Rule{"power_profile", xe_profile},
    Rule{"power1_max", intel_power},
    Rule{"power2_max", intel_power},
};

/// power1_cap is a file of amdgpu and of xe.
int take(const Written& written) {
  const std::string name = std::filesystem::path(written.path).filename();
  if (name == "power1_cap") {
    return written.beside("name") == "xe\n" ? intel_power(written) : amd_power_cap(written);
  }
  for (const Rule& rule : kRules) {
    if (rule.name == name) return rule.take(written);
  }
  return EACCES;
}

}  // namespace

DriverRules kernel_rules(WantedErrors wanted) {
  return [wanted](ServedFiles& files, const std::string& path, std::string_view text) -> long {
    const std::string name = std::filesystem::path(path).filename();
    if (const long answer = wanted.of(name); answer != 0) return answer;
    const int error = take({files, path, std::string(text.substr(0, text.find('\n')))});
    return error == 0 ? static_cast<long>(text.size()) : -error;
  };
}

}  // namespace accel::testing
