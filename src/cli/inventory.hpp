// Looking at a whole machine once, for `accel list`.
#pragma once

#include "cli/context.hpp"
#include "render/list_document.hpp"

namespace accel::cli {

/// The host is read while the vendors look for their devices.
[[nodiscard]] Result<render::Inventory> inventory(const Context& context);

}  // namespace accel::cli
