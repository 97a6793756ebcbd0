#include "backends/intel/access.hpp"

#include "core/device_state.hpp"
#include "core/pci/scan.hpp"

namespace accel::intel {

Access::Answer Access::ask(const PciFunction& function) const {
  if (*is_over_) {
    return {Error{Errc::invalid_state, "the back end has been shut down", "", {}}, false};
  }
  PciFunction now = function;
  now.runtime_status = pci::runtime_status(function);
  if (!now.is_suspended()) return {};
  if (machine_->wake) return {std::nullopt, true};
  return {Error{Errc::device_asleep,
                now.runtime_status.source() + " is '" + *now.runtime_status +
                    "'; reading the device would wake it",
                "use --wake to read it all the same",
                {}},
          true};
}

void file_refusal(ReadingSet& out, const Error& refusal) {
  const Absence why = absence_of(refusal);
  fill_absent(out, why);
  if (refusal.code == Errc::device_asleep) {
    out.set(metric::power_state, Reading<Text>(Text("Suspended")));
  } else {
    out.set(metric::power_state, Reading<Text>(why));
  }
}

}  // namespace accel::intel
