#include "captured.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace accel::bench {
namespace {

namespace fs = std::filesystem;

/// The folders VENDOR/CARD/cardN, in order.
std::vector<fs::path> cards_in(const fs::path& captures) {
  std::vector<fs::path> found;
  for (const auto& vendor : fs::directory_iterator(captures)) {
    if (!vendor.is_directory()) continue;
    for (const auto& card : fs::directory_iterator(vendor)) {
      for (const auto& entry : fs::directory_iterator(card)) {
        const bool is_card = entry.path().filename().string().starts_with("card");
        if (is_card && entry.is_directory()) found.push_back(entry.path());
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

/// The cards were recorded on different machines, where some had the same address.
void move_to_address(const fs::path& uevent, std::size_t number) {
  constexpr const char* kKey = "PCI_SLOT_NAME=";
  std::stringstream moved;
  std::ifstream before(uevent);
  for (std::string line; std::getline(before, line);) {
    if (!line.starts_with(kKey)) {
      moved << line << '\n';
      continue;
    }
    char address[32];
    std::snprintf(address, sizeof address, "0000:%02zx:00.0", 16 * (number + 1));
    moved << kKey << address << '\n';
  }
  before.close();
  std::ofstream(uevent) << moved.rdbuf();
}

}  // namespace

std::optional<fs::path> captured_machine(const fs::path& folder) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
  const char* captures = std::getenv("ACCEL_CAPTURES");
  if (captures == nullptr) return std::nullopt;
  const fs::path classes = folder / "sys/class/drm";
  fs::create_directories(classes);
  std::size_t number = 0;
  for (const fs::path& card : cards_in(captures)) {
    const fs::path place = classes / ("card" + std::to_string(number));
    fs::copy(card, place, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    // What is copied from read-only folders must be writable, and removable afterwards.
    fs::permissions(place, fs::perms::owner_write, fs::perm_options::add);
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      if (entry.is_symlink()) continue;
      fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
    }
    move_to_address(place / "device/uevent", number++);
  }
  return folder;
}

}  // namespace accel::bench
