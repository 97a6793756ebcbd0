// The texts below ras/: error counters of a block, and the list of bad pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "accel/result.hpp"

namespace accel::amd {

struct RasCounts {
  std::int64_t uncorrected = 0;
  std::int64_t corrected = 0;
  std::optional<std::int64_t> deferred;  ///< newer chips only
};

/// "ue: 1", "ce: 2" and perhaps "de: 3" on lines. `unavailable` for "Query currently
/// inaccessible".
[[nodiscard]] Result<RasCounts> parse_ras_counts(std::string_view text);

struct BadPages {
  std::int64_t retired = 0;  ///< R
  std::int64_t pending = 0;  ///< P: until the next reset
  std::int64_t failed = 0;   ///< F: could not be retired
};

/// Lines "0x00000001 : 0x00001000 : R".
[[nodiscard]] Result<BadPages> parse_bad_pages(std::string_view text);

}  // namespace accel::amd
