// Which of discovery's problems concern the devices that are shown.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "accel/system.hpp"
#include "cli/context.hpp"

namespace accel::cli {

/// All, unless --device chooses; then those of the vendors of the devices at those positions,
/// without what names another device.
[[nodiscard]] std::vector<Error> problems_of(const Context& context, const System& system,
                                             std::span<const std::size_t> positions);

}  // namespace accel::cli
