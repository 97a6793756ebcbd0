// What the selected device did until now, as graphs over the width of the screen.
#pragma once

#include "cli/top/frame.hpp"
#include "cli/top/layout.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// As many graphs side by side as the width allows: busy, memory, power, temperature.
void draw_graphs(const DeviceRow& device, const History& history, const Band& band, Frame& frame);

}  // namespace accel::cli::top
