// A machine's topology for people: matrices of codes, and what they mean.
#pragma once

#include <string>

#include "render/page.hpp"
#include "render/topology_words.hpp"

namespace accel::render {

[[nodiscard]] std::string topology_text(const TopologyReport& report, Look look);

}  // namespace accel::render
