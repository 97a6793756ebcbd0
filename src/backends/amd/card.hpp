// Where the kernel has a GPU's files, and whether they may be touched now.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "accel/pci_function.hpp"
#include "base/dir.hpp"

namespace accel::amd {

class Card {
 public:
  Card(PciFunction function, std::shared_ptr<const Machine> machine)
      : function_(std::move(function)),
        machine_(std::move(machine)),
        device_(function_.directory) {}

  [[nodiscard]] const PciFunction& function() const { return function_; }
  [[nodiscard]] const Machine& machine() const { return *machine_; }
  [[nodiscard]] const base::Dir& device() const { return device_; }
  /// The driver's sensors; nothing where it has none. Opens a file in there.
  [[nodiscard]] std::optional<base::Dir> sensors() const;

  /// device_asleep when reading would wake it and nobody wants that, device_lost when its folder
  /// is gone. Reads one file, which wakes nothing.
  [[nodiscard]] std::optional<Error> refusal() const;

 private:
  PciFunction function_;
  std::shared_ptr<const Machine> machine_;
  base::Dir device_;
};

}  // namespace accel::amd
