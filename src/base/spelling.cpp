#include "base/spelling.hpp"

#include <algorithm>
#include <utility>

namespace accel::base {
namespace {

constexpr std::size_t kMost = 3;

/// Rows of the table that distance() fills: each needs the two before it.
struct Rows {
  std::vector<std::size_t> two_before, before, now;
};

}  // namespace

std::size_t distance(std::string_view a, std::string_view b) {
  // Optimal string alignment, row by row.
  const std::size_t width = b.size() + 1;
  Rows rows{std::vector<std::size_t>(width), std::vector<std::size_t>(width),
            std::vector<std::size_t>(width)};
  for (std::size_t j = 0; j < width; ++j) rows.now[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(rows.two_before, rows.before);
    std::swap(rows.before, rows.now);
    rows.now[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t differs = a[i - 1] == b[j - 1] ? 0 : 1;
      rows.now[j] =
          std::min({rows.before[j] + 1, rows.now[j - 1] + 1, rows.before[j - 1] + differs});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) rows.now[j] = std::min(rows.now[j], rows.two_before[j - 2] + 1);
    }
  }
  return rows.now[b.size()];
}

std::vector<std::string_view> nearest(std::string_view word,
                                      std::span<const std::string_view> names) {
  // A third of the letters wrong still looks like the word; a beginning of a name always does.
  const std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  for (const std::string_view name : names) {
    const bool begins = word.size() >= 2 && name.starts_with(word);
    const std::size_t away = begins ? 1 : distance(word, name);
    if (away <= limit) ranked.emplace_back(away, name);
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<std::size_t, std::string_view>::first);
  std::vector<std::string_view> best;
  for (const auto& [away, name] : ranked) {
    if (best.size() < kMost) best.push_back(name);
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> names) {
  const auto best = nearest(word, names);
  if (best.empty()) return {};
  std::string text = "did you mean ";
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (i > 0) text += i + 1 == best.size() ? " or " : ", ";
    text += best[i];
  }
  return text + "?";
}

}  // namespace accel::base
