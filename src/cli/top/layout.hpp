// Which part of the screen stands in which rows. It knows only how many there are.
#pragma once

#include <cstddef>

namespace accel::cli::top {

struct Demand {
  std::size_t devices = 0;
  std::size_t programs = 0;
  bool graphs = false;
  bool problem = false;
};

/// Some rows of the screen; none where there is no room.
struct Band {
  std::size_t first = 0;
  std::size_t rows = 0;

  friend bool operator==(const Band&, const Band&) = default;
};

/// From top to bottom.
struct Layout {
  Band title;
  Band problem;
  Band devices_heading;
  Band devices;
  Band about;  ///< the selected device in a line
  Band graphs;
  Band programs_heading;
  Band programs;
  Band keys;
};

/// A screen that is too small loses first what says least; the devices stay longest.
[[nodiscard]] Layout layout(std::size_t rows, const Demand& demand);

}  // namespace accel::cli::top
