#include "text.hpp"

#include <cerrno>
#include <charconv>

namespace accel::sim {
namespace {

template <class T>
int parse(std::string_view text, bool may_be_negative, T& out) {
  text = without_newline(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (text.empty() || (!may_be_negative && text.front() == '-')) return EINVAL;
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range) return ERANGE;
  if (error != std::errc{} || stop != end) return EINVAL;
  out = value;
  return 0;
}

}  // namespace

int parse_unsigned(std::string_view text, std::uint32_t& out) { return parse(text, false, out); }
int parse_signed(std::string_view text, std::int32_t& out) { return parse(text, true, out); }

std::string_view without_newline(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n";
  std::vector<std::string_view> found;
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;
       at = text.find_first_not_of(kBlanks, at)) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

int parse_numbers(const std::vector<std::string_view>& words, std::size_t first,
                  std::vector<std::int32_t>& out) {
  for (std::size_t i = first; i < words.size(); ++i) {
    std::int32_t number = 0;
    if (parse_signed(words[i], number) != 0) return EINVAL;
    out.push_back(number);
  }
  return 0;
}

}  // namespace accel::sim
