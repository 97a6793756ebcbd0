// Turns a scenario into the model of a node.
#pragma once

#include <cstddef>

#include "../model/node.hpp"
#include "../scenario/scenario.hpp"

namespace accel::sim {

/// NVIDIA's GPUs and the other vendors' cards that the node will have. `asked` is the count after
/// the colon, 0 when none was given: the whole of them, reached by more or fewer of the last kind.
std::size_t gpu_total(const Scenario& scenario, std::size_t asked);
std::size_t card_total(const Scenario& scenario, std::size_t asked);

/// Fills a freshly created node, whose gpu_count is set.
void build_node(const Scenario& scenario, Node& node);

}  // namespace accel::sim
