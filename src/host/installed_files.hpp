// Finding installed programs and libraries, and the versions that stand in their names. Follows
// links within the machine's root, starts nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accel/machine.hpp"

namespace accel::host {

/// A file of the machine: its absolute path there, and that of the file its links end in.
struct InstalledFile {
  std::string path;
  std::string target;
};

/// The first of the absolute paths that exists.
[[nodiscard]] std::optional<InstalledFile> find_installed(const Machine& machine,
                                                          std::span<const std::string> paths);

/// A library in one of the directories where distributions and vendors put them.
[[nodiscard]] std::optional<InstalledFile> find_library(const Machine& machine,
                                                        std::span<const std::string_view> sonames);

/// "570.86.15" of ".../libcuda.so.570.86.15"; empty for a name with only the interface's number
/// ("libcudnn.so.9").
[[nodiscard]] std::string version_in_name(std::string_view library);

/// Where a chain of links ends, each resolved within the machine's root.
[[nodiscard]] std::string followed(const Machine& machine, std::string path);

}  // namespace accel::host
