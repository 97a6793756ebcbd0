#include "base/environment.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "base/number.hpp"

namespace accel::base {
namespace {

constexpr std::string_view kBlanks = " \t";

Error wrong_type(std::string_view name, std::string_view text, std::string_view wanted) {
  return {Errc::invalid_argument,
          std::string(name) + ": '" + std::string(text) + "' is not " + std::string(wanted),
          "set " + std::string(name) + " to " + std::string(wanted) + ", or unset it",
          {}};
}

}  // namespace

std::optional<std::string> environment_text(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing of ours changes the environment
  const char* text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return text;
}

Result<std::optional<bool>> environment_flag(const char* name) {
  const auto text = environment_text(name);
  if (!text) return std::optional<bool>();
  std::string word = *text;
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 4> yes{"true", "1", "yes", "on"};
  constexpr std::array<std::string_view, 4> no{"false", "0", "no", "off"};
  if (std::ranges::find(yes, word) != yes.end()) return std::optional<bool>(true);
  if (std::ranges::find(no, word) != no.end()) return std::optional<bool>(false);
  return wrong_type(name, *text, "one of true, 1, yes, on, false, 0, no, off");
}

Result<std::optional<std::int64_t>> environment_integer(const char* name) {
  const auto text = environment_text(name);
  if (!text) return std::optional<std::int64_t>();
  const auto number = parse_integer(*text);
  if (!number) return wrong_type(name, *text, "an integer");
  return std::optional<std::int64_t>(*number);
}

Result<std::optional<double>> environment_number(const char* name) {
  const auto text = environment_text(name);
  if (!text) return std::optional<double>();
  const auto number = parse_double(*text);
  if (!number) return wrong_type(name, *text, "a number");
  return std::optional<double>(*number);
}

std::optional<std::vector<std::string>> environment_list(const char* name) {
  const auto text = environment_text(name);
  if (!text) return std::nullopt;
  return split_list(*text);
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    part.remove_prefix(std::min(part.find_first_not_of(kBlanks), part.size()));
    part = part.substr(0, part.find_last_not_of(kBlanks) + 1);
    parts.emplace_back(part);
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace accel::base
