// Which kernel driver a function wants, and where it comes from.
#pragma once

#include <string>

#include "accel/accelerator_info.hpp"

namespace accel::pci {

/// What to do about a function that no driver is bound to: the module by name, and its package.
[[nodiscard]] std::string driver_remedy(const PciIds& ids);

}  // namespace accel::pci
