#include "control/knob.hpp"

namespace accel::control {
namespace {

Written read_back(Controller& controller, const KnobValue& wanted) {
  const auto value = controller.value_of(wanted.knob);
  if (!value) return {};
  return {true, controller.holds(wanted.knob, wanted.value, *value), *value};
}

}  // namespace

Result<Written> write_knob(Controller& controller, const KnobValue& wanted) {
  if (auto done = controller.write(wanted.knob, wanted.value); !done) return done.error();
  return read_back(controller, wanted);
}

Result<void> restore_knob(Controller& controller, const KnobValue& wanted) {
  if (read_back(controller, wanted).holds) return {};
  const auto written = write_knob(controller, wanted);
  if (!written) return written.error();
  if (!written->is_readable || written->holds) return {};
  return Error{Errc::invalid_state,
               wanted.knob + ": wrote " + wanted.value + ", reads " + written->read_back,
               "",
               {}};
}

}  // namespace accel::control
