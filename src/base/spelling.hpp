// What someone who mistyped a name may have meant.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accel::base {

/// Single-letter insertions, deletions, replacements and swaps of neighbours between two words.
[[nodiscard]] std::size_t distance(std::string_view a, std::string_view b);

/// The names that are nearest to `word`, best first, at most three; none when nothing is near.
[[nodiscard]] std::vector<std::string_view> nearest(std::string_view word,
                                                    std::span<const std::string_view> names);

/// "did you mean list or lint?"; empty when nothing is near.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> names);

}  // namespace accel::base
