// Files that are whole after a crash: the old text or the new one, never half of either.
#pragma once

#include <filesystem>
#include <string_view>

#include "accel/result.hpp"

namespace accel::base {

/// Replaces the file's text: written beside it, synced to the disk, put in its place. Returns once
/// that would survive a loss of power. Mode 0600; the directory must exist.
[[nodiscard]] Result<void> write_durably(const std::filesystem::path& file, std::string_view text);

/// Adds a piece at the end of a file, in a single write, and syncs it. The file is made, with mode
/// 0600, where there is none.
[[nodiscard]] Result<void> append_durably(const std::filesystem::path& file, std::string_view text);

/// Removes a file, and returns once it would not come back. One that is not there is no error.
[[nodiscard]] Result<void> remove_durably(const std::filesystem::path& file);

}  // namespace accel::base
