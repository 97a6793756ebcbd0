// One knob of a device that is at hand: written, and read back.
#pragma once

#include <string>

#include "accel/control/controller.hpp"

namespace accel::control {

struct KnobValue {
  std::string knob;
  std::string value;
};

/// What a write left behind.
struct Written {
  bool is_readable = false;
  bool holds = false;     ///< the knob reads as it was written
  std::string read_back;  ///< where it is readable
};

/// Writes a value and reads the knob back.
[[nodiscard]] Result<Written> write_knob(Controller& controller, const KnobValue& wanted);
/// The same for going back: nothing is written to a knob that holds the value already, and one that
/// reads otherwise afterwards is an error.
[[nodiscard]] Result<void> restore_knob(Controller& controller, const KnobValue& wanted);

}  // namespace accel::control
