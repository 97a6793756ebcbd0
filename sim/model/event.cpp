#include "event.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

#include "node.hpp"

namespace accel::sim {

void post_event(Node& node, std::uint32_t gpu, std::uint64_t type, std::uint64_t data) {
  EventQueue& queue = node.events;
  const std::uint64_t sequence = queue.last + 1;
  Event& event = queue.ring[sequence % kMaxEvents];
  event = {.sequence = sequence,
           .gpu = gpu,
           .gpu_instance = -1,
           .compute_instance = -1,
           .type = type,
           .data = data,
           .time = model_time(node)};
  queue.last = sequence;
  __atomic_add_fetch(&queue.wakeup, 1U, __ATOMIC_RELEASE);
  ::syscall(SYS_futex, &queue.wakeup, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void wait_for_event(const EventQueue& queue, std::uint32_t seen, std::int64_t timeout) {
  const timespec limit{.tv_sec = timeout / 1'000'000'000, .tv_nsec = timeout % 1'000'000'000};
  ::syscall(SYS_futex, &queue.wakeup, FUTEX_WAIT, seen, &limit, nullptr, 0);
}

}  // namespace accel::sim
