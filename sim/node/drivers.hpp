// What the drivers do behind the files of a node: the two functions that a program calls around its
// own reading and instead of its own writing.
#pragma once

#include <string>
#include <string_view>

#include "open.hpp"

namespace accel::sim {

/// Brings the files of a device up to date, or with an empty address those of the host. Comes back
/// when the device would have answered.
void refresh(OpenNode& opened, std::string_view pci_address);

/// What write(2) to a file of the tree would give: 0 or an errno.
int write_setting(OpenNode& opened, const std::string& path, std::string_view text);

}  // namespace accel::sim
