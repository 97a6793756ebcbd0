// A plug-in behind the contract of a vendor.
#pragma once

#include "accel/backend.hpp"
#include "backends/plugin/library.hpp"

namespace accel::plugin {

/// The row of a plug-in that was loaded.
[[nodiscard]] BackendEntry entry_of(Library loaded);

/// The row of one that could not be: it finds no devices, and its problem and finding say why.
[[nodiscard]] BackendEntry entry_of_failure(const std::string& file, Error why);

}  // namespace accel::plugin
