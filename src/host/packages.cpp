#include "host/packages.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "base/dir.hpp"
#include "base/place.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

constexpr std::string_view kStatus = "/var/lib/dpkg/status";

/// The value of a field in one paragraph.
std::string_view field(std::string_view paragraph, std::string_view name) {
  while (!paragraph.empty()) {
    const auto end = paragraph.find('\n');
    const auto line = paragraph.substr(0, end);
    paragraph.remove_prefix(end == std::string_view::npos ? paragraph.size() : end + 1);
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ':') {
      return trimmed(line.substr(name.size() + 1));
    }
  }
  return {};
}

/// deb-version(7): epoch, a colon, the upstream version, a dash, the packager's revision.
std::string upstream(std::string_view version) {
  if (const auto colon = version.find(':'); colon != std::string_view::npos) {
    version.remove_prefix(colon + 1);
  }
  return printable(version.substr(0, version.rfind('-')));
}

std::vector<base::Dir> python_directories(const Machine& machine) {
  std::vector<base::Dir> found{directory(machine, "/usr/lib/python3/dist-packages")};
  for (const std::string_view prefix :
       {"/usr/local/lib", "/usr/lib", "/usr/lib64", "/opt/conda/lib"}) {
    for (const auto& python : directory(machine, prefix).children("python3.")) {
      found.push_back(python.child("dist-packages"));
      found.push_back(python.child("site-packages"));
    }
  }
  return found;
}

/// "torch-2.1.0+cu121.dist-info" (PEP 376, 427)
std::optional<PythonPackage> parse_metadata_name(std::string_view file,
                                                 std::span<const std::string_view> names) {
  const auto suffix = file.rfind(".dist-info");
  const auto dash = file.find('-');
  if (suffix == std::string_view::npos || dash == std::string_view::npos || dash > suffix) {
    return std::nullopt;
  }
  const auto name = file.substr(0, dash);
  const auto version = file.substr(dash + 1, suffix - dash - 1);
  if (std::ranges::find(names, name) == names.end() || !is_plain_text(version)) return std::nullopt;
  return PythonPackage{std::string(name), std::string(version), {}};
}

}  // namespace

std::optional<std::string> debian_version(std::string_view status, std::string_view package) {
  const std::string line = "Package: " + std::string(package) + "\n";
  for (auto at = status.find(line); at != std::string_view::npos; at = status.find(line, at + 1)) {
    if (at > 0 && status[at - 1] != '\n') continue;
    const auto paragraph = status.substr(at, status.find("\n\n", at) - at);
    if (!field(paragraph, "Status").ends_with(" installed")) continue;
    const auto version = field(paragraph, "Version");
    if (!version.empty()) return upstream(version);
  }
  return std::nullopt;
}

std::optional<std::string> DebianPackages::version(std::string_view package) {
  const std::scoped_lock lock(mutex_);
  if (!status_) status_ = base::read_file(machine_.path(kStatus), std::size_t{32} << 20);
  return *status_ ? debian_version(**status_, package) : std::nullopt;
}

std::string DebianPackages::source() const { return machine_.path(kStatus).string(); }

std::vector<PythonPackage> python_packages(const Machine& machine,
                                           std::span<const std::string_view> names) {
  std::vector<PythonPackage> found;
  for (const auto& dir : python_directories(machine)) {
    std::error_code failure;
    for (const std::string& file : base::names_in(dir.path(), failure)) {
      if (auto package = parse_metadata_name(file, names)) {
        package->path = dir.source(file);
        found.push_back(std::move(*package));
      }
    }
  }
  return found;
}

}  // namespace accel::host
