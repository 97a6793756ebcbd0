// /proc/self/cgroup beside a mount table, and cpu.max: no group lies outside of the root, and a
// limit is a number of processors.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "fuzz/require.hpp"
#include "host/control_groups.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using accel::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto mounts = accel::host::parse_mountinfo(text);
  const accel::Machine machine{.root = "/recorded"};
  for (const char* controller : {"cpu", "memory"}) {
    for (const auto& group : accel::host::control_groups(machine, text, mounts, controller)) {
      const auto path = group.path().lexically_normal().string();
      require(path == "/recorded" || path.starts_with("/recorded/"));
    }
  }
  if (const auto limit = accel::host::cpu_time_limit(text)) {
    require(std::isfinite(*limit) && *limit >= 0);
  }
  return 0;
}
