#include "control/device_knobs.hpp"

#include <algorithm>
#include <memory>

namespace accel::control {
namespace {

/// Does `work` on the device's controller; what it leaves in its T, or what went wrong.
template <class T, class Work>
Result<T> on_controller(System& system, std::size_t position, Work work) {
  auto answer = std::make_shared<T>();
  const System::ControlWork job{
      position, [answer, work = std::move(work)](Controller& controller) -> Result<void> {
        return work(controller, *answer);
      }};
  const auto done = system.control({&job, 1});
  if (!done[0]) return done[0].error();
  return std::move(*answer);
}

}  // namespace

Result<std::size_t> position_of(const System& system, std::string_view uuid) {
  const auto devices = system.devices();
  const auto found = std::ranges::find(devices, uuid, &AcceleratorInfo::uuid);
  if (found == devices.end()) {
    return Error{Errc::not_found, "Device not found: " + std::string(uuid), "", {}};
  }
  return static_cast<std::size_t>(found - devices.begin());
}

Result<Written> write_knob(System& system, std::size_t position, const KnobValue& wanted) {
  return on_controller<Written>(system, position,
                                [wanted](Controller& controller, Written& out) -> Result<void> {
                                  auto written = write_knob(controller, wanted);
                                  if (!written) return written.error();
                                  out = *std::move(written);
                                  return {};
                                });
}

Result<void> restore_knob(System& system, std::size_t position, const KnobValue& wanted) {
  const System::ControlWork job{
      position, [wanted](Controller& controller) { return restore_knob(controller, wanted); }};
  return system.control({&job, 1}).at(0);
}

std::string call_text(System& system, std::size_t position, const KnobValue& wanted) {
  auto text = on_controller<std::string>(
      system, position, [wanted](Controller& controller, std::string& out) -> Result<void> {
        out = controller.call_text(wanted.knob, wanted.value);
        return {};
      });
  return text.value_or(wanted.knob + " = " + wanted.value);
}

}  // namespace accel::control
