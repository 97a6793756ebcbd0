// What drivers make of the text that is written to their files.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace accel::sim {

/// As kstrtou32 and kstrtoint (lib/kstrtox.c): one number, perhaps with a sign in front and one
/// newline behind. 0, or EINVAL, or ERANGE.
int parse_unsigned(std::string_view text, std::uint32_t& out);
int parse_signed(std::string_view text, std::int32_t& out);

/// Without the newline that echo adds.
std::string_view without_newline(std::string_view text);

/// Words between blanks and newlines.
std::vector<std::string_view> words_of(std::string_view text);

/// The numbers behind the letter of a command such as "s 1 2500"; EINVAL where a word is none.
int parse_numbers(const std::vector<std::string_view>& words, std::size_t first,
                  std::vector<std::int32_t>& out);

}  // namespace accel::sim
