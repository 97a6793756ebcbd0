// A topology drawn: as a graph for Graphviz, or as an SVG image.
#pragma once

#include <string>

#include "render/topology_words.hpp"

namespace accel::render {

/// An undirected graph in the DOT language.
[[nodiscard]] std::string topology_dot(const TopologyReport& report);

/// An SVG 1.1 image that needs nothing outside it.
[[nodiscard]] std::string topology_svg(const TopologyReport& report);

}  // namespace accel::render
