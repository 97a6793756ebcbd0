// The knobs of one device of a System: written and read through its worker.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "accel/system.hpp"

namespace accel::control {

/// The device's position; `not_found` where the System has none of that uuid.
[[nodiscard]] Result<std::size_t> position_of(const System& system, std::string_view uuid);

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
[[nodiscard]] Result<Written> write_knob(System& system, std::size_t position,
                                         const KnobValue& wanted);
/// The same for going back: nothing is written to a knob that holds the value already.
[[nodiscard]] Result<Written> restore_knob(System& system, std::size_t position,
                                           const KnobValue& wanted);
/// How a person would write it.
[[nodiscard]] std::string call_text(System& system, std::size_t position, const KnobValue& wanted);

}  // namespace accel::control
