// What one process knows of the library's state: how often it was initialized, and which node it
// is attached to.
#pragma once

#include "../model/node.hpp"
#include "types.hpp"

namespace accel::sim::nvml {

/// Counts an initialization; the first attaches to the node that location or environment name.
nvmlReturn_t initialize(const char* function);
nvmlReturn_t shut_down();

/// The node, or null while the library is not initialized. Stays mapped for ever, so that a call
/// which races with a shutdown ends well.
Node* current_node();

/// Rewrites the file tree after a call changed what it shows.
void follow_in_tree(Node& node);

}  // namespace accel::sim::nvml
