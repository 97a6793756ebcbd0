// One line about a device, and sizes as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "accel/reading_set.hpp"

namespace accel {

/// "1.50 KiB": two decimals, base 1024, B to TiB.
[[nodiscard]] std::string format_bytes(std::uint64_t size);

/// "NVIDIA RTX 4090: 75°C, 350W/450W, GPU: 85%, VRAM: 4.00 GiB/24.00 GiB (16%)". Numbers are
/// truncated; one that is missing or stale is written "N/A".
[[nodiscard]] std::string gpu_summary(std::string_view name, const ReadingSet& readings);

}  // namespace accel
