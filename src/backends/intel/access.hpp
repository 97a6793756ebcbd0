// Whether a device may be read now: not after the end, and not in its sleep.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "accel/machine.hpp"
#include "accel/reading_set.hpp"
#include "backends/intel/place.hpp"

namespace accel::intel {

class Access {
 public:
  Access(std::shared_ptr<const Machine> machine, std::shared_ptr<const std::atomic<bool>> is_over)
      : machine_(std::move(machine)), is_over_(std::move(is_over)) {}

  [[nodiscard]] const Machine& machine() const { return *machine_; }

  struct Answer {
    std::optional<Error> refusal;  ///< nothing may be opened
    bool is_asleep = false;        ///< as far as reading is allowed, it will wake the device
  };
  /// Reads one file, which wakes nothing.
  [[nodiscard]] Answer ask(const PciFunction& function) const;

 private:
  std::shared_ptr<const Machine> machine_;
  std::shared_ptr<const std::atomic<bool>> is_over_;
};

/// Files that reason under what every device is expected to have, and what it says of the device's
/// power state.
void file_refusal(ReadingSet& out, const Error& refusal);

}  // namespace accel::intel
