// Where a bundle goes: a file or a folder that is there whole, or not at all.
#pragma once

#include <chrono>
#include <filesystem>

#include "accel/result.hpp"
#include "capture/tree.hpp"

namespace accel::capture {

struct Output {
  std::filesystem::path path;
  bool replace = false;  ///< what has the name already
  std::chrono::seconds modified{};
};

/// Whether a bundle of that name is a folder: it ends in '/', or is one.
[[nodiscard]] bool is_folder(const std::filesystem::path& path);

/// invalid_argument for a name that is taken (already_exists), or is no archive's: cheap, so that
/// it can be asked before the machine is.
[[nodiscard]] Result<void> check(const Output& output);

/// Readable by this user alone. An archive is nameless until it is whole, and a folder has another
/// name; so what interrupts the writing leaves no bundle that looks like one.
[[nodiscard]] Result<void> write(const Tree& tree, const Output& output);

}  // namespace accel::capture
