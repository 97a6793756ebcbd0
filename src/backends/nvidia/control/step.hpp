// One call that changes a GPU: as a text that a person could repeat, and ready to be made.
#pragma once

#include <functional>
#include <string>
#include <type_traits>

#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

struct Step {
  std::string text;  ///< "nvmlDeviceSetFanSpeed_v2(0, 75)"; the device is left out
  std::function<Result<void>()> make;
};

/// "nvmlDeviceSetFanSpeed_v2(0, 75)"
template <class... Args>
std::string call_of(const char* function, Args... args) {
  std::string inside;
  [[maybe_unused]] const auto add = [&inside](auto argument) {
    if (!inside.empty()) inside += ", ";
    inside += std::to_string(argument);
  };
  (add(args), ...);
  return std::string(function) + "(" + inside + ")";
}

/// The call of a function that takes plain numbers.
template <class... Params, class... Args>
Step step_of(const Gpu& gpu, const Symbol<nvmlReturn_t(nvmlDevice_t, Params...)>& function,
             Args... args) {
  static_assert((std::is_integral_v<Args> && ...));
  return {call_of(function.name, args...),
          [gpu, function, args...] { return gpu.call(function, args...); }};
}

}  // namespace accel::nvidia
