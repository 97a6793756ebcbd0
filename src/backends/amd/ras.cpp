#include "backends/amd/ras.hpp"

#include "backends/amd/lines.hpp"
#include "base/number.hpp"

namespace accel::amd {
namespace {

Error malformed(std::string_view line) {
  return {Errc::malformed, "not understood: '" + std::string(line.substr(0, 80)) + "'", "", {}};
}

}  // namespace

Result<RasCounts> parse_ras_counts(std::string_view text) {
  if (text.starts_with("Query currently inaccessible")) {
    return Error{Errc::unavailable,
                 "the driver says 'Query currently inaccessible'",
                 "read it again when the GPU is not being reset",
                 {}};
  }
  std::optional<std::int64_t> uncorrected;
  std::optional<std::int64_t> corrected;
  std::optional<std::int64_t> deferred;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (line.empty()) continue;
    auto rest = line;
    const auto key = next_word(rest);
    const auto count = base::parse_integer(next_word(rest));
    auto* const place = key == "ue:"   ? &uncorrected
                        : key == "ce:" ? &corrected
                        : key == "de:" ? &deferred
                                       : nullptr;
    if (place == nullptr || !count || *count < 0 || !next_word(rest).empty()) {
      return malformed(line);
    }
    *place = *count;
  }
  if (!uncorrected || !corrected) return malformed("no lines 'ue:' and 'ce:'");
  return RasCounts{*uncorrected, *corrected, deferred};
}

Result<BadPages> parse_bad_pages(std::string_view text) {
  BadPages pages;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (line.empty()) continue;
    auto rest = line;
    const bool page = base::parse_hex(next_word(rest)).has_value() && next_word(rest) == ":";
    const bool size =
        page && base::parse_hex(next_word(rest)).has_value() && next_word(rest) == ":";
    const auto flag = next_word(rest);
    if (!size || !next_word(rest).empty()) return malformed(line);
    if (flag == "R") {
      ++pages.retired;
    } else if (flag == "P") {
      ++pages.pending;
    } else if (flag == "F") {
      ++pages.failed;
    } else {
      return malformed(line);
    }
  }
  return pages;
}

}  // namespace accel::amd
