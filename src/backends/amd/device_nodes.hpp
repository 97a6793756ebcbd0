// The nodes in /dev through which programs use a GPU.
#pragma once

#include <string>
#include <vector>

#include "backends/amd/card.hpp"
#include "backends/amd/kfd.hpp"

namespace accel::amd {

/// Those that exist: its card, its render node, and the compute driver's one. Opens none of them.
[[nodiscard]] std::vector<std::string> device_nodes(const Card& card, const KfdNode* node);

}  // namespace accel::amd
