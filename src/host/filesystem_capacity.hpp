// How large a mounted file system is, asked of the file system itself: a server that is gone
// keeps the asker waiting for ever.
#pragma once

#include <filesystem>

#include "accel/result.hpp"
#include "accel/units.hpp"

namespace accel::host {

/// Blocks as long as the file system does; run it with a deadline.
[[nodiscard]] Result<Bytes> filesystem_capacity(const std::filesystem::path& mount_point);

}  // namespace accel::host
