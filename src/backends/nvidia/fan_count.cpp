#include "backends/nvidia/fan_count.hpp"

#include <string>

#include "backends/nvidia/plausible.hpp"

namespace accel::nvidia {
namespace {

/// No board has more; a driver that says so is not believed.
constexpr std::uint32_t kMostFans = 16;

/// Drivers before 510 do not say how many fans there are: ask until one is refused.
Result<std::uint32_t> counted(const Gpu& gpu) {
  std::uint32_t count = 0;
  while (count < kMostFans) {
    const auto found = gpu.ask<std::uint32_t>(gpu.functions().fan_speed, count);
    if (!found && count == 0) return found.error();
    if (!found) break;
    ++count;
  }
  return count;
}

}  // namespace

Result<std::uint32_t> fan_count(const Gpu& gpu) {
  const auto& function = gpu.functions().fan_count;
  auto count = gpu.ask<std::uint32_t>(function);
  if (!count && gpu.refusal() == nullptr && function.call == nullptr) return counted(gpu);
  if (count && *count > kMostFans) return implausible(function.name, *count, 0, kMostFans, "fans");
  return count;
}

Error cooled_passively(const Gpu& gpu) {
  return {Errc::operation_not_supported,
          std::string(gpu.functions().fan_count.name) + ": 0 fans; the board is cooled passively",
          "",
          {}};
}

}  // namespace accel::nvidia
