// A device of Intel's as its settings see it: which of its clocks have a range, where its sensors
// are, and what stands in the way of writing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accel/control/setpoint.hpp"
#include "backends/intel/access.hpp"
#include "backends/intel/place.hpp"
#include "core/settings/table_controller.hpp"

namespace accel::intel {

using settings::FileCall;
using settings::Writes;
using Calls = std::vector<FileCall>;

/// The files of one clock's range, in MHz.
struct RangeFiles {
  std::string name;  ///< of the folder below the device's: "tile0/gt0/freq0", "gt/gt0"
  base::Dir dir;
  std::string_view lowest;  ///< what the hardware can do
  std::string_view highest;
  std::string_view set_lowest;
  std::string_view set_highest;
  std::string_view set_boost;  ///< empty: the driver has none
};

class Site {
 public:
  Site(Place place, Access access, bool is_discrete)
      : place_(std::move(place)), access_(std::move(access)), is_discrete_(is_discrete) {}

  [[nodiscard]] const Machine& machine() const { return access_.machine(); }
  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] std::optional<Error> refusal() const {
    return access_.ask(place_.function).refusal;
  }
  [[nodiscard]] Error lacks(const SetpointRow& row) const;

  /// The clocks of the engines that compute; those of video engines are left alone.
  [[nodiscard]] std::vector<RangeFiles> ranges() const;
  /// The folder of the driver's sensors, or why there is none.
  [[nodiscard]] Result<base::Dir> sensors() const;
  /// The first of the files that could not be written, if any.
  [[nodiscard]] std::optional<Error> write_refusal(const std::vector<std::string>& paths) const;

 private:
  Place place_;
  Access access_;
  bool is_discrete_;
};

/// A reading that the driver does not give.
[[nodiscard]] inline Reading<SetpointValue> untold(std::string reason, std::string source) {
  return {Absence{ReadingStatus::unsupported, std::move(reason), ""}, std::move(source)};
}

}  // namespace accel::intel
