#include "host/installed_files.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>

#include "base/place.hpp"

namespace accel::host {
namespace {

bool exists(const Machine& machine, const std::string& path) {
  // Not what the link leads to: an absolute one leads out of the root.
  return base::is_there(machine.path(path));
}

std::vector<std::string> library_directories() {
  // Debian's by architecture, Red Hat's, everybody's, and the vendors' own.
  return {"/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/usr/lib/riscv64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/local/lib",
          "/usr/local/cuda/lib64",
          "/opt/rocm/lib"};
}

}  // namespace

std::string followed(const Machine& machine, std::string path) {
  constexpr int kLongestChain = 16;
  for (int i = 0; i < kLongestChain; ++i) {
    std::error_code failure;
    const auto target = base::read_symlink(machine.path(path), failure);
    if (failure) break;
    path = target.is_absolute()
               ? target.lexically_normal().string()
               : (std::filesystem::path(path).parent_path() / target).lexically_normal().string();
  }
  return path;
}

std::optional<InstalledFile> find_installed(const Machine& machine,
                                            std::span<const std::string> paths) {
  for (const auto& path : paths) {
    if (!exists(machine, path)) continue;
    auto target = followed(machine, path);
    if (exists(machine, target)) return InstalledFile{path, std::move(target)};
  }
  return std::nullopt;
}

std::optional<InstalledFile> find_library(const Machine& machine,
                                          std::span<const std::string_view> sonames) {
  std::vector<std::string> directories;
  for (const auto& directory : library_directories()) {
    auto target = followed(machine, directory);
    if (exists(machine, target)) directories.push_back(std::move(target));
  }
  for (const auto soname : sonames) {
    std::vector<std::string> paths;
    paths.reserve(directories.size());
    for (const auto& directory : directories) {
      paths.push_back(directory + "/" + std::string(soname));
    }
    if (auto found = find_installed(machine, paths)) return found;
  }
  return std::nullopt;
}

std::string version_in_name(std::string_view library) {
  constexpr std::string_view kMark = ".so.";
  const auto at = library.rfind(kMark);
  if (at == std::string_view::npos) return {};
  const auto version = library.substr(at + kMark.size());
  const bool is_version = std::ranges::all_of(
      version, [](unsigned char c) { return std::isdigit(c) != 0 || c == '.'; });
  return is_version && version.find('.') != std::string_view::npos ? std::string(version)
                                                                   : std::string{};
}

}  // namespace accel::host
