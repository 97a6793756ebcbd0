// What an XID, a driver's report of a GPU error, does to the model.
#pragma once

#include <cstdint>

#include "node.hpp"

namespace accel::sim {

/// Event, counters, loss. Caller holds the lock.
void raise_xid(Node& node, Gpu& gpu, std::uint32_t xid);

}  // namespace accel::sim
