// The readings of devices for people: one block a device.
#pragma once

#include <string>

#include "render/page.hpp"
#include "render/status_document.hpp"

namespace accel::render {

[[nodiscard]] std::string status_text(const StatusReport& report, Look look);

}  // namespace accel::render
