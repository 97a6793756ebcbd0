// Application clocks: what the driver runs programs at where clocks cannot be locked. It takes both
// domains at once, so each is a knob that leaves the other as it is.
#pragma once

#include <cstdint>
#include <vector>

#include "accel/control/controller.hpp"
#include "backends/nvidia/gpu.hpp"

namespace accel::nvidia {

// `type` is clock_type::kGraphics or clock_type::kMemory.
[[nodiscard]] Result<SetpointState> application_state(const Gpu& gpu, std::uint32_t type);
[[nodiscard]] Result<std::vector<KnobWrite>> application_writes(std::uint32_t type,
                                                                const SetpointValue& value);
[[nodiscard]] Result<std::vector<KnobWrite>> application_default(const Gpu& gpu,
                                                                 std::uint32_t type);
/// Whether somebody has set another application clock than the device's own.
[[nodiscard]] bool has_application_clock(const Gpu& gpu, std::uint32_t type);

}  // namespace accel::nvidia
