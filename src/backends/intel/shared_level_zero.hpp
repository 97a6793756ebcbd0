// The one Level Zero library of the process, started when it is first wanted and no device sleeps.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "accel/pci_function.hpp"
#include "backends/intel/level_zero.hpp"

namespace accel::intel {

/// Thread-safe.
class SharedLevelZero {
 public:
  explicit SharedLevelZero(std::shared_ptr<const Machine> machine) : machine_(std::move(machine)) {}

  /// All of Intel's devices: starting the library would wake any of them.
  void set_devices(std::vector<PciFunction> devices);

  /// The library, started now if it was not. A failure is remembered until the next set_devices();
  /// that a device sleeps is looked at anew each time. `unavailable` while another thread starts
  /// it, which may hang.
  Result<std::shared_ptr<const LevelZero>> library();

 private:
  [[nodiscard]] std::optional<Error> sleeper(std::vector<PciFunction> devices) const;

  std::shared_ptr<const Machine> machine_;
  std::mutex mutex_;
  std::vector<PciFunction> devices_;
  bool is_starting_ = false;
  std::shared_ptr<const LevelZero> library_;
  std::optional<Error> failure_;
};

}  // namespace accel::intel
