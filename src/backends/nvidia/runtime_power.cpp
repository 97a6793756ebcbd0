#include "backends/nvidia/runtime_power.hpp"

#include "base/dir.hpp"

namespace accel::nvidia {
namespace {

constexpr const char* kFile = "power/runtime_status";

}  // namespace

RuntimePower::RuntimePower(const PciFunction& function, const Machine& machine) {
  // Without the file there is no runtime power management.
  if (function.runtime_status && !machine.wake) status_file_ = function.directory / kFile;
}

std::optional<Error> RuntimePower::refusal() const {
  if (status_file_.empty()) return std::nullopt;
  const auto status = base::read_file(status_file_, 32);
  if (!status || !status->starts_with("suspend")) return std::nullopt;
  return Error{Errc::device_asleep,
               status_file_.string() + ": " + status->substr(0, status->find('\n')),
               "reading would wake it: use --wake, or run a program on it",
               {}};
}

}  // namespace accel::nvidia
