// Figures that take too long for every sample: when they are due, and what the last reading of them
// gave, shown as no longer fresh until the next.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "cli/top/sample.hpp"

namespace accel::cli::top {

class Held {
 public:
  /// Whether they may be read now. Not in the first sample, which is to be there at once.
  [[nodiscard]] bool is_due(SteadyTime now);
  /// A sample in which they were read.
  void keep(const Sample& sample);
  /// Puts them into a sample in which they were not read. What it has stays as it is.
  void fill(Sample& sample) const;

 private:
  std::optional<SteadyTime> read_;
  std::map<std::string, std::array<Figure, kGauges>, std::less<>> figures_;  ///< by device
};

}  // namespace accel::cli::top
