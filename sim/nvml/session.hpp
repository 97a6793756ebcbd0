// What one process knows of the library's state: how often it was initialized, and which node it
// is attached to.
#pragma once

#include "../model/node.hpp"
#include "types.hpp"

namespace accel::sim::nvml {

/// Stands for a call in progress. When the library is unloaded or the process ends while one is,
/// nothing that the call may touch is released.
class Flight {
 public:
  Flight();
  ~Flight();
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  static bool any();
};

/// Counts an initialization; the first attaches to the node that location or environment name.
nvmlReturn_t initialize(const char* function);
nvmlReturn_t shut_down();

/// The node, or null while the library is not initialized. Stays mapped until the library is
/// unloaded, so that a call which races with a shutdown ends well.
Node* current_node();

/// Rewrites the file tree after a call changed what it shows.
void follow_in_tree(Node& changed);

}  // namespace accel::sim::nvml
