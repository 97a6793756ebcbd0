// Which memory a GPU has: GDDR6, HBM. The driver's files do not say; its ioctl does.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "accel/result.hpp"

namespace accel::amd {

/// From the answer to AMDGPU_INFO_DEV_INFO. Empty where the driver does not know it, or has a
/// number for it that is newer than this. HBM stands for every generation before 3E.
[[nodiscard]] std::string_view memory_kind(std::span<const std::byte> device_info);

/// Asks through the render node, which wakes a GPU that sleeps: only for one that does not.
[[nodiscard]] Result<std::string_view> ask_memory_kind(const std::filesystem::path& render_node);

}  // namespace accel::amd
