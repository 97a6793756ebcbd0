// What is wrong with this machine's accelerators, as far as can be told without changing anything.
#pragma once

#include <filesystem>
#include <vector>

#include "accel/system.hpp"

namespace accel {

/// Examines a system after discover(): the vendors' own findings, problems of discovery, devices
/// without driver, permissions, container device rules, suspended devices, PCI links below what
/// they can do, uncorrected memory errors, and changes that were never confirmed or undone (a
/// journal in `journal_dir` that is not empty). Samples every device once.
[[nodiscard]] std::vector<Finding> examine(System& system,
                                           const std::filesystem::path& journal_dir);

}  // namespace accel
