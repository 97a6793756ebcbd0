// What lies over the lists while it is open: help, menus, everything about one device.
#pragma once

#include "cli/top/frame.hpp"
#include "cli/top/view.hpp"

namespace accel::cli::top {

/// Draws what the view's mode opens, if anything; says in the view how far it can be scrolled.
void draw_overlay(const Model& model, View& view, Frame& frame);

}  // namespace accel::cli::top
