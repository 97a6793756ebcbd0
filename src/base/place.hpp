// Whether a file is there, where a link leads, what a folder holds: as std::filesystem says it, and
// as a recording remembers it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace accel::base {

/// A file that could not be read when the machine was recorded is a link to this and the error
/// number, which leads nowhere. Whoever reads the recording fails for the reason of then.
inline constexpr std::string_view kRecordedError = "accel-errno:";

/// The error number that a recording has in place of that file.
[[nodiscard]] std::optional<int> recorded_error(const char* path);

/// What `error_number`, of a call on that path that failed, means: for ENOENT what was recorded.
[[nodiscard]] int meant_error(const char* path, int error_number);

/// As lstat() and as stat() see it.
[[nodiscard]] bool is_there(const std::filesystem::path& path);
[[nodiscard]] bool exists(const std::filesystem::path& path);

[[nodiscard]] std::filesystem::path canonical(const std::filesystem::path& path,
                                              std::error_code& failure);
[[nodiscard]] std::filesystem::path read_symlink(const std::filesystem::path& path,
                                                 std::error_code& failure);

/// The names in a folder, in no order; what could be read where that fails.
[[nodiscard]] std::vector<std::string> names_in(const std::filesystem::path& folder,
                                                std::error_code& failure);

}  // namespace accel::base
