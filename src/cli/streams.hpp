// Standard input, output and error of the process, and files that people name.
#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>

#include "accel/result.hpp"
#include "render/page.hpp"

namespace accel::cli {

/// Opens /dev/null in place of a standard stream that was closed, so that no file or device that
/// is opened later takes its number and gets our output.
void occupy_standard_streams();

/// All of `text`, however many writes that takes. 0, or the error number.
int write_all(int file, std::string_view text);

/// Standard output's width and whether it shows colours (a terminal that is not dumb, without
/// NO_COLOR).
[[nodiscard]] render::Look terminal_look();

/// Puts `text` under that name, whole or not at all. What is there and no plain file (a device, a
/// pipe) is written to.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text);

/// The same under a new name in `directory`: accel_list_20261120_131713_a1B2c3.json. Gives it back.
[[nodiscard]] Result<std::filesystem::path> write_export(const std::filesystem::path& directory,
                                                         std::string_view text,
                                                         std::chrono::nanoseconds wall);

}  // namespace accel::cli
