// How far each vendor's back end was verified, for doctor and version.
#pragma once

#include <vector>

#include "accel/backend.hpp"
#include "accel/system.hpp"
#include "render/diagnosis.hpp"

namespace accel::cli {

[[nodiscard]] std::vector<render::VendorLevel> vendor_levels(
    const std::vector<VendorReport>& reports);
/// Without a machine, hence without counts.
[[nodiscard]] std::vector<render::VendorLevel> vendor_levels(
    const std::vector<BackendEntry>& entries);

}  // namespace accel::cli
