#include "backends/intel/shared_level_zero.hpp"

#include <utility>

#include "core/pci/scan.hpp"

namespace accel::intel {

void SharedLevelZero::set_devices(std::vector<PciFunction> devices) {
  const std::scoped_lock lock(mutex_);
  devices_ = std::move(devices);
  failure_.reset();
}

std::optional<Error> SharedLevelZero::sleeper(std::vector<PciFunction> devices) const {
  if (machine_->wake) return std::nullopt;
  for (PciFunction& function : devices) {
    function.runtime_status = pci::runtime_status(function);
    if (!function.is_suspended()) continue;
    return Error{Errc::unavailable,
                 "starting Level Zero opens every device and would wake " + function.address.text(),
                 "use --wake to start it all the same",
                 {}};
  }
  return std::nullopt;
}

Result<std::shared_ptr<const LevelZero>> SharedLevelZero::library() {
  std::unique_lock lock(mutex_);
  if (library_ != nullptr) return library_;
  if (failure_) return *failure_;
  if (is_starting_) {
    return Error{Errc::unavailable, "Level Zero is being started for another device", "", {}};
  }
  if (auto asleep = sleeper(devices_)) return *asleep;
  is_starting_ = true;
  lock.unlock();
  auto started = LevelZero::start(*machine_);
  lock.lock();
  is_starting_ = false;
  if (started) {
    library_ = *started;
    return library_;
  }
  failure_ = started.error();
  machine_->trace("Intel: no Level Zero: " + failure_->message);
  return *failure_;
}

}  // namespace accel::intel
