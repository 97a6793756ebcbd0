// The clock levels of one domain, as the files pp_dpm_* list them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/result.hpp"

namespace accel::amd {

struct DpmLevel {
  std::optional<int> index;  ///< none for the row "S:", deep sleep, which cannot be chosen
  std::int64_t megahertz = 0;
  bool active = false;
};

struct DpmTable {
  std::vector<DpmLevel> levels;

  /// MHz of the active row; nothing where none is marked, or several that differ.
  [[nodiscard]] std::optional<std::int64_t> present() const;
  /// MHz of the highest row. Nothing while the clock is gated, when every row is 0 (seen: the video
  /// clocks of an RX 6900 XT), nor in deep sleep, when the rows are not the levels (seen: an RX
  /// 9070 XT that lists 1000 MHz at most, and runs at three times that).
  [[nodiscard]] std::optional<std::int64_t> highest() const;
};

/// Lines "1: 1500Mhz *". Of fine-grained clocks (RDNA and newer) row 1 of three is the present
/// clock, not a level. Nothing that is not such a line may stand in the text.
[[nodiscard]] Result<DpmTable> parse_dpm_table(std::string_view text);

}  // namespace accel::amd
