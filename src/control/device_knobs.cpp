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

void read_back(const Controller& controller, const Result<std::string>& value,
               const KnobValue& wanted, Written& out) {
  out.is_readable = value.has_value();
  if (!value) return;
  out.read_back = *value;
  out.holds = controller.holds(wanted.knob, wanted.value, *value);
}

Result<void> write(Controller& controller, const KnobValue& wanted, Written& out) {
  if (auto done = controller.write(wanted.knob, wanted.value); !done) return done;
  read_back(controller, controller.value_of(wanted.knob), wanted, out);
  return {};
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
  return on_controller<Written>(system, position, [wanted](Controller& controller, Written& out) {
    return write(controller, wanted, out);
  });
}

Result<Written> restore_knob(System& system, std::size_t position, const KnobValue& wanted) {
  return on_controller<Written>(
      system, position, [wanted](Controller& controller, Written& out) -> Result<void> {
        read_back(controller, controller.value_of(wanted.knob), wanted, out);
        if (out.holds) return {};
        return write(controller, wanted, out);
      });
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
