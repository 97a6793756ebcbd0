#include "backends/intel/throttle_reasons.hpp"

#include <algorithm>
#include <string>

namespace accel::intel {
namespace {

bool is_name(std::string_view word) {
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

TextList normalised(const TextList& raw) {
  TextList names;
  const auto add = [&](std::string_view name) {
    if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
  };
  for (const ThrottleReason& reason : kThrottleReasons) {
    if (reason.is_throttling && std::ranges::find(raw, reason.raw) != raw.end()) {
      add(reason.normalised);
    }
  }
  const bool unknown = std::ranges::any_of(raw, [](const std::string& name) {
    return std::ranges::find(kThrottleReasons, name, &ThrottleReason::raw) ==
           kThrottleReasons.end();
  });
  if (unknown) add("other");
  return names;
}

Result<TextList> parse_throttle_reasons(std::string_view text) {
  TextList names;
  constexpr std::string_view blanks = " \t\n";
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (text.empty()) break;
    const auto word = text.substr(0, text.find_first_of(blanks));
    text.remove_prefix(word.size());
    if (!is_name(word)) {
      return Error{Errc::malformed, "not a list of throttle reasons", "", {}};
    }
    if (word != "none" && std::ranges::find(names, word) == names.end()) names.emplace_back(word);
  }
  return names;
}

}  // namespace accel::intel
