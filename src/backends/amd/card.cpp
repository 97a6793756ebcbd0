#include "backends/amd/card.hpp"

#include "core/pci/scan.hpp"

namespace accel::amd {

std::optional<base::Dir> Card::sensors() const {
  for (auto& dir : device_.child("hwmon").children("hwmon")) {
    const auto name = dir.text("name");
    if (name && function_.driver && *name == *function_.driver) return dir;
  }
  return std::nullopt;
}

std::optional<Error> Card::refusal() const {
  if (!device_.exists()) {
    return Error{Errc::device_lost,
                 device_.path().string() + " is gone: the GPU was unplugged or unbound",
                 "look for its reset in the kernel log (dmesg), then list the devices again",
                 {}};
  }
  if (machine_->wake) return std::nullopt;
  const auto status = pci::runtime_status(function_);
  if (!status || !status->starts_with("suspend")) return std::nullopt;
  return Error{Errc::device_asleep,
               status.source() + " is '" + *status + "'; reading the GPU would wake it",
               "use --wake to read it all the same",
               {}};
}

}  // namespace accel::amd
