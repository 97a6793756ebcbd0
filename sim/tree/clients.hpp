// The programs on cards, as /proc shows their open files, and KFD its processes.
#pragma once

#include <string>

#include "../model/node.hpp"
#include "writer.hpp"

namespace accel::sim {

void write_clients(TreeWriter& tree, const Node& node);

/// Writes what changes of a card's clients anew. Caller holds the lock.
void refresh_clients(const Node& node, const Card& card, const std::string& root);

}  // namespace accel::sim
