// The node's file tree: what /sys, /proc, /dev and /etc hold on a machine like it, in the formats
// of the Linux kernel and the NVIDIA driver.
#pragma once

#include <string>

#include "../model/node.hpp"
#include "../node/problem.hpp"
#include "../scenario/scenario.hpp"

namespace accel::sim {

/// Writes the whole tree into the new folder `root`.
Problem write_tree(const Scenario& scenario, const Node& node, const std::string& root);

/// Brings the files that follow the model up to date: processor times, lost and woken devices.
void refresh_tree(Node& node, const std::string& root);

}  // namespace accel::sim
