#include "cli/top/layout.hpp"

#include <algorithm>

namespace accel::cli::top {
namespace {

constexpr std::size_t kLeastGraphs = 5;  // A title and enough steps to see a shape.
constexpr std::size_t kMostGraphs = 12;
constexpr std::size_t kFewPrograms = 5;

}  // namespace

Layout layout(std::size_t rows, const Demand& demand) {
  Layout all;
  std::size_t left = rows;
  const auto take = [&left](Band& band, std::size_t least_left) {
    if (left < least_left) return;
    band.rows = 1;
    --left;
  };
  take(all.title, 1);
  take(all.keys, 4);
  if (demand.problem) take(all.problem, 10);
  take(all.devices_heading, 2);
  if (left >= 4) take(all.programs_heading, 1);
  take(all.about, 7);

  const std::size_t devices = std::max<std::size_t>(demand.devices, 1);
  const std::size_t programs = std::max<std::size_t>(demand.programs, 1);
  if (all.programs_heading.rows == 0) {
    all.devices.rows = left;
    left = 0;
  } else {
    // Each list has half; what one does not need is the other's.
    const std::size_t half = left - left / 2;
    all.devices.rows = std::min(devices, std::max(half, left - std::min(left, programs)));
    left -= all.devices.rows;
    const std::size_t kept = std::min(programs, kFewPrograms);
    if (demand.graphs && left >= kept + kLeastGraphs) {
      all.graphs.rows = std::min(left - kept, kMostGraphs);
      left -= all.graphs.rows;
    }
    all.programs.rows = left;
  }
  std::size_t next = 0;
  for (Band* band : {&all.title, &all.problem, &all.devices_heading, &all.devices, &all.about,
                     &all.graphs, &all.programs_heading, &all.programs}) {
    band->first = next;
    next += band->rows;
  }
  all.keys.first = rows - all.keys.rows;
  return all;
}

}  // namespace accel::cli::top
