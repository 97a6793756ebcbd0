#include "node.hpp"

#include <ctime>

namespace accel::sim {

std::int64_t model_time(const Node& node) {
  if (node.clock.stopped != 0) return node.clock.stopped_at;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec + node.clock.offset;
}

void step_clock(Node& node, std::int64_t ns) {
  if (node.clock.stopped != 0) {
    node.clock.stopped_at += ns;
  } else {
    node.clock.offset += ns;
  }
}

std::uint64_t version_number(std::string_view version) {
  std::uint64_t parts[3] = {};
  std::size_t part = 0;
  for (const char c : version) {
    if (c == '.') {
      if (++part == 3) break;
    } else if (c >= '0' && c <= '9') {
      parts[part] = parts[part] * 10 + static_cast<std::uint64_t>(c - '0');
    }
  }
  return (parts[0] * 1000 + parts[1]) * 1000 + parts[2];
}

std::uint64_t memory_in_use(const Gpu& gpu) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < gpu.process_count; ++i) sum += gpu.processes[i].memory;
  return sum;
}

}  // namespace accel::sim
