// The host for people: what surrounds the accelerators.
#pragma once

#include "accel/hardware_info.hpp"
#include "render/page.hpp"

namespace accel::render {

/// Platform, processors and memory.
void host_text(Page& page, const HardwareInfo& hardware);

/// Storage, network and software.
void around_text(Page& page, const HardwareInfo& hardware);

}  // namespace accel::render
