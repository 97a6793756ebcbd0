// The graphics tiles ("GT") of a GPU and how the two drivers name their files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backends/intel/place.hpp"

namespace accel::intel {

/// The names that a driver gives to the same files of a GT.
struct GtFiles {
  std::string_view actual;  ///< MHz; 0 while the GT sleeps
  std::string_view highest;
  std::string_view lowest;
  std::string_view set_highest;
  std::string_view set_lowest;
  std::string_view throttle_status;
  std::string_view throttle_reasons;  ///< all in one; empty where the driver has no such file
  std::string_view throttle_prefix;   ///< "reason_" of "reason_pl1"; empty: no such files
  std::string_view idle;              ///< ms in the deepest idle state; empty: no such file
};

struct Gt {
  const GtFiles* files = nullptr;
  base::Dir clocks;
  base::Dir throttle;
  base::Dir idle;
  /// Serves video engines instead of rendering and computing.
  bool is_media = false;
};

/// In the driver's order; empty where it shows none.
[[nodiscard]] std::vector<Gt> gts_of(const Place& place, bool is_discrete);

}  // namespace accel::intel
