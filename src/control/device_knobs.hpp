// The knobs of one device of a System: written and read through its worker.
#pragma once

#include <cstddef>
#include <string>

#include "accel/system.hpp"
#include "control/knob.hpp"

namespace accel::control {

/// The device's position; `not_found` where the System has none of that uuid.
[[nodiscard]] Result<std::size_t> position_of(const System& system, std::string_view uuid);

/// Writes a value and reads the knob back.
[[nodiscard]] Result<Written> write_knob(System& system, std::size_t position,
                                         const KnobValue& wanted);
/// As restore_knob() of a device that is at hand.
[[nodiscard]] Result<void> restore_knob(System& system, std::size_t position,
                                        const KnobValue& wanted);
/// How a person would write it.
[[nodiscard]] std::string call_text(System& system, std::size_t position, const KnobValue& wanted);

}  // namespace accel::control
