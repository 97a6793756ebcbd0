#include "host/cpu_list.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

constexpr std::int64_t kLimit = 65536;

bool append_range(std::string_view text, std::vector<int>& cpus) {
  const auto dash = text.find('-');
  const auto first = base::parse_integer(text.substr(0, dash));
  const auto last =
      dash == std::string_view::npos ? first : base::parse_integer(text.substr(dash + 1));
  if (!first || !last || *first < 0 || *last < *first || *last >= kLimit) return false;
  for (auto cpu = *first; cpu <= *last; ++cpu) cpus.push_back(static_cast<int>(cpu));
  return cpus.size() <= static_cast<std::size_t>(kLimit);
}

}  // namespace

Result<std::vector<int>> parse_cpu_list(std::string_view text) {
  std::vector<int> cpus;
  for (std::string_view rest = text; !text.empty();) {
    const auto comma = rest.find(',');
    if (!append_range(rest.substr(0, comma), cpus)) {
      return Error{Errc::malformed, "not a list of processors: " + in_quotes(text), {}, {}};
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  std::ranges::sort(cpus);
  cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
  return cpus;
}

}  // namespace accel::host
