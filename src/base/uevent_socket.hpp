// The kernel's announcements of devices on this machine.
#pragma once

#include <memory>

#include "accel/result.hpp"
#include "accel/uevent_source.hpp"

namespace accel::base {

/// Needs no privilege. In a network namespace of its own, as containers have, it may stay silent:
/// nobody who uses it should rely on it alone.
[[nodiscard]] Result<std::shared_ptr<UeventSource>> open_uevent_socket();

}  // namespace accel::base
