// The whole screen of `accel top`, from what there is to see and how it is being looked at. A pure
// function: it knows neither terminal nor devices.
#pragma once

#include "cli/top/arrange.hpp"
#include "cli/top/frame.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// Fills `frame`, which has its size. Settles the view on what there is room for: selections,
/// places of lists, how far a page can be scrolled.
void draw(const Model& model, const Arranged& arranged, View& view, Frame& frame);

/// One sample as text of that width, as high as it needs; for `--once`.
[[nodiscard]] std::string text_of(const Model& model, std::size_t width, bool unicode);

}  // namespace accel::cli::top
