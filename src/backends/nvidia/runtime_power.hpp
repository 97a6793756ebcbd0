// Whether a GPU sleeps now: runtime power management may have suspended it since it was found.
#pragma once

#include <filesystem>
#include <optional>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "accel/result.hpp"

namespace accel::nvidia {

class RuntimePower {
 public:
  /// Of a GPU that never sleeps, or whose place on the bus is not known.
  RuntimePower() = default;
  RuntimePower(const PciFunction& function, const Machine& machine);

  /// device_asleep when reading would wake it and nobody wants that. Reads one file, which wakes
  /// nothing.
  [[nodiscard]] std::optional<Error> refusal() const;

 private:
  std::filesystem::path status_file_;  ///< empty: do not look
};

}  // namespace accel::nvidia
