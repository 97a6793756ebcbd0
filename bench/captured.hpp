// The recorded cards as one machine, each under an address of its own.
#pragma once

#include <filesystem>
#include <optional>

namespace accel::bench {

/// Makes the machine below `folder` from what ACCEL_CAPTURES names; nothing where it is not set.
[[nodiscard]] std::optional<std::filesystem::path> captured_machine(
    const std::filesystem::path& folder);

}  // namespace accel::bench
