#include "capture/pseudonyms.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace accel::capture {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

/// One of `choices`, from a number that is used up digit by digit.
class Choice {
 public:
  Choice(const Key& key, std::string seed) : key_(key), seed_(std::move(seed)) {}

  char of(std::string_view choices) {
    if (left_ == 0) {
      bits_ = siphash(key_, seed_ + '#' + std::to_string(block_++));
      left_ = 8;
    }
    --left_;
    const auto picked = choices[(bits_ & 0xFFU) % choices.size()];
    bits_ >>= 8U;
    return picked;
  }

 private:
  const Key& key_;
  std::string seed_;
  std::uint64_t bits_ = 0;
  unsigned left_ = 0;
  unsigned block_ = 0;
};

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
constexpr int kMostDraws = 64;  // "1000" has no smaller number of its length.

/// A number of as many digits that fits wherever `core` does: no larger, and not begun by a zero.
std::string smaller_number(const std::string& core, bool is_bounded, Choice& choice) {
  std::string made;
  bool still_equal = is_bounded;
  for (const char digit : core) {
    const std::size_t most = still_equal ? static_cast<std::size_t>(digit - '0') : 9;
    const std::size_t least = made.empty() && most > 0 ? 1 : 0;
    made += choice.of(kDigits.substr(least, most - least + 1));
    still_equal = still_equal && made.back() == digit;
  }
  return made;
}

std::string same_shape(const std::string& core, bool only_hex, Choice& choice) {
  std::string made;
  for (const char c : core) {
    const bool digit = is_digit(c) && !only_hex;
    made += choice.of(digit ? kDigits : only_hex ? kHex : kLetters);
  }
  return made;
}

}  // namespace

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter_or_digit(char c) {
  const char small = lower(c);
  return is_digit(small) || (small >= 'a' && small <= 'z');
}

std::string core_of(std::string_view text) {
  std::string core;
  for (const char c : text) {
    if (is_letter_or_digit(c)) core += lower(c);
  }
  return core;
}

std::string Pseudonyms::alike(std::string_view secret) const {
  const std::string core = core_of(secret);
  if (core.empty()) return std::string(secret);
  const bool only_digits = std::ranges::all_of(core, is_digit);
  const bool only_hex = std::ranges::all_of(core, is_hex);
  std::string chosen;
  // Chance may choose what was to be hidden; then the next draw counts.
  for (int draw = 0; chosen.empty() || chosen == core; ++draw) {
    Choice choice(key_, core + '/' + std::to_string(draw));
    chosen = only_digits ? smaller_number(core, draw < kMostDraws, choice)
                         : same_shape(core, only_hex, choice);
  }
  std::string made(secret);
  std::size_t next = 0;
  for (char& c : made) {
    if (!is_letter_or_digit(c)) continue;
    const bool is_capital = c >= 'A' && c <= 'Z';
    const char replacement = chosen[next++];
    c = is_capital && !is_digit(replacement) ? static_cast<char>(replacement - 'a' + 'A')
                                             : replacement;
  }
  return made;
}

std::string Pseudonyms::named(std::string_view kind, std::string_view secret) const {
  std::uint64_t bits = siphash(key_, secret);
  std::string name(kind);
  name += '-';
  for (int i = 0; i < 10; ++i) {
    name += kHex[bits & 0xFU];
    bits >>= 4U;
  }
  return name;
}

}  // namespace accel::capture
