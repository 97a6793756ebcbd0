// Names of ARM processors by the numbers in their main identification register.
#pragma once

#include <cstdint>
#include <string_view>

namespace accel::host {

/// Empty for an implementer that is not in our table.
[[nodiscard]] std::string_view arm_implementer(std::uint64_t implementer);
/// Empty for a part that is not in our table.
[[nodiscard]] std::string_view arm_part(std::uint64_t implementer, std::uint64_t part);

}  // namespace accel::host
