// Work on devices other than reading them: side by side, each on its device's worker and within
// its deadline, none on a device that sleeps.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "accel/system.hpp"

namespace accel {

/// May outlive the System where a driver hangs: it must own what it touches.
struct DeviceWork {
  std::size_t position = 0;
  std::function<Result<void>(Device&)> work;
};

/// What became of each, in the order given: what the work gave back, what it threw, `timeout`, or
/// `device_asleep`. `doing` names the work: "asking the device for its links".
[[nodiscard]] std::vector<Result<void>> work_on_devices(System::State& state,
                                                        std::span<const DeviceWork> work,
                                                        std::chrono::nanoseconds patience,
                                                        std::string_view doing);

}  // namespace accel
