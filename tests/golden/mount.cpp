#include "golden/mount.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace accel::golden {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<Capture> captures() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* root = std::getenv("ACCEL_CAPTURES");
  std::vector<Capture> found;
  if (root == nullptr) return found;
  for (const auto& vendor : folders_in(root)) {
    for (const auto& card : folders_in(vendor)) {
      found.push_back({vendor.filename().string(), card.filename().string(), card});
    }
  }
  return found;
}

void mount(const Capture& capture, accel::testing::FakeTree& machine) {
  const auto options = fs::copy_options::recursive | fs::copy_options::copy_symlinks;
  machine.directory("sys/class/drm").directory("sys/class/kfd");
  for (const auto& folder : folders_in(capture.folder)) {
    const auto name = folder.filename().string();
    if (name.starts_with("card")) {
      fs::copy(folder, machine.root() / "sys/class/drm" / name, options);
    } else if (name == "kfd") {
      fs::copy(folder, machine.root() / "sys/class/kfd/kfd", options);
    }
  }
  // The copies of read-only folders must be removable.
  for (const auto& entry : fs::recursive_directory_iterator(machine.root())) {
    if (entry.is_symlink()) continue;
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
  }
}

}  // namespace accel::golden
