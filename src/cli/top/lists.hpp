// The two lists on the screen: headings, rows, history in a row.
#pragma once

#include "cli/top/arrange.hpp"
#include "cli/top/frame.hpp"
#include "cli/top/layout.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// How a list is shown; without `lively` no row is selected and there is no history.
struct ListLook {
  Pane pane = Pane::devices;
  Band heading;
  Band rows;
  bool lively = true;
};

void draw_list(const Model& model, const Arranged& arranged, const View& view, const ListLook& look,
               Frame& frame);

}  // namespace accel::cli::top
