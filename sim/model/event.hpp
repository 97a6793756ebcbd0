// The node's queue of events: a ring with a running number, so that each reader keeps its own
// place.
#pragma once

#include <cstdint>

#include "limits.hpp"

namespace accel::sim {

struct Node;

struct Event {
  std::uint64_t sequence;
  std::uint32_t gpu;
  std::int32_t gpu_instance;
  std::int32_t compute_instance;
  std::uint64_t type;  ///< NVML's bit.
  std::uint64_t data;
  std::int64_t time;
};

struct EventQueue {
  std::uint32_t wakeup;  ///< Futex word: changes with each event.
  std::uint64_t last;    ///< Running number of the newest event, 0 before the first.
  Event ring[kMaxEvents];
};

/// Adds an event and wakes every waiting process.
void post_event(Node& node, std::uint32_t gpu, std::uint64_t type, std::uint64_t data);

/// Waits until `wakeup` differs from `seen`, at most `timeout` ns. Call without the lock.
void wait_for_event(const EventQueue& queue, std::uint32_t seen, std::int64_t timeout);

}  // namespace accel::sim
