#include "cli/top/moment.hpp"

#include <unistd.h>

#include <array>
#include <ctime>

namespace accel::cli::top {

std::string clock_text(std::chrono::nanoseconds wall) {
  const std::time_t moment = std::chrono::floor<std::chrono::seconds>(wall).count();
  std::tm local{};
  ::localtime_r(&moment, &local);
  std::array<char, 16> text{};
  const auto size = std::strftime(text.data(), text.size(), "%H:%M:%S", &local);
  return {text.data(), size};
}

std::string host_name(const Machine& machine) {
  if (!machine.simulated.empty()) return {};
  if (!machine.is_this_machine()) return machine.root.string();
  std::array<char, 256> name{};  // HOST_NAME_MAX is 64 (limits.h), plus what others may allow.
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace accel::cli::top
