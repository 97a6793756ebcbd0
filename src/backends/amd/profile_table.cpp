#include "backends/amd/profile_table.hpp"

#include <algorithm>

#include "backends/amd/lines.hpp"

namespace accel::amd {
namespace {

constexpr std::int64_t kMostProfiles = 32;
/// Width of a name where all stand in one row (smu_v13_0_7_get_power_profile_mode: "%-14s").
constexpr std::ptrdiff_t kNameWidth = 14;

/// The index and the name that are next in the line; nothing where there is no further pair.
class Pairs {
 public:
  explicit Pairs(std::string_view line) : line_(line) {}

  std::vector<PowerProfile> all() {
    while (next()) {
    }
    return std::move(found_);
  }

 private:
  bool next() {
    auto word = next_word(line_);
    bool is_marked = false;
    if (word == "*") {
      // Behind the last name, or before the next index.
      const bool is_behind = !found_.empty() && (next_word_of_rest().empty() ||
                                                 word.data() - name_.data() == kNameWidth);
      if (is_behind) {
        found_.back().is_active = true;
        return true;
      }
      is_marked = true;
      word = next_word(line_);
    }
    const auto index = number_with(word, "");
    if (!index || *index < 0 || *index >= kMostProfiles) return false;
    name_ = next_word(line_);
    return add(static_cast<int>(*index), is_marked);
  }

  [[nodiscard]] std::string_view next_word_of_rest() const {
    auto rest = line_;
    return next_word(rest);
  }

  /// "COMPUTE", "COMPUTE*", "COMPUTE*:"; a row of parameters has parentheses or numbers there.
  bool add(int index, bool is_marked) {
    auto name = name_;
    bool is_last = false;
    if (name.ends_with(':')) {
      name.remove_suffix(1);
      is_last = true;
    }
    if (name.ends_with('*')) {
      name.remove_suffix(1);
      is_marked = true;
    }
    const bool is_name = std::ranges::all_of(
        name, [](char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
    const bool has_letter = std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_name || !has_letter) return false;
    found_.push_back({index, std::string(name), is_marked});
    if (next_word_of_rest() == "*:") found_.back().is_active = is_last = true;
    return !is_last;
  }

  std::string_view line_;
  std::string_view name_;
  std::vector<PowerProfile> found_;
};

}  // namespace

Result<std::vector<PowerProfile>> parse_power_profiles(std::string_view text) {
  std::vector<PowerProfile> profiles;
  while (!text.empty()) {
    for (auto& profile : Pairs(next_line(text)).all()) profiles.push_back(std::move(profile));
  }
  const auto marked = std::ranges::count_if(profiles, &PowerProfile::is_active);
  if (profiles.empty() || marked > 1) {
    return Error{Errc::malformed, "no list of power profiles", "", {}};
  }
  return profiles;
}

}  // namespace accel::amd
