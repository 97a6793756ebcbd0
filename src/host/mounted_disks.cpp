#include "host/mounted_disks.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/dir.hpp"
#include "base/place.hpp"
#include "host/field.hpp"

namespace accel::host {
namespace {

/// Arrays of volumes of arrays exist; a loop would be a broken tree.
constexpr int kDeepest = 8;

std::optional<base::Dir> resolved(const std::filesystem::path& path) {
  std::error_code failure;
  auto target = base::canonical(path, failure);
  if (failure) return std::nullopt;
  return base::Dir(std::move(target));
}

/// "/dev/mapper/vg-root" is a link made by udev; the kernel knows the name by the volume.
std::optional<base::Dir> mapped_volume(const Machine& machine, std::string_view name) {
  for (const auto& volume : directory(machine, "/sys/block").children("dm-")) {
    if (volume.child("dm").text("name").value_or("") == name) return resolved(volume.path());
  }
  return std::nullopt;
}

/// A partition's directory lies in its disk's.
std::optional<base::Dir> by_name(const Machine& machine, const std::string& name) {
  const auto block = directory(machine, "/sys/block");
  if (block.has(name)) return resolved(block.path() / name);
  if (auto found = resolved(machine.path("/sys/class/block") / name)) return found;
  for (const auto& disk : block.children()) {
    if (name.starts_with(disk.name()) && disk.has(name)) return resolved(disk.path() / name);
  }
  return std::nullopt;
}

std::optional<base::Dir> block_directory(const Machine& machine, const Mount& mount) {
  if (!mount.device_number.starts_with("0:")) {
    auto found = resolved(machine.path("/sys/dev/block") / mount.device_number);
    if (found) return found;
  }
  // btrfs and others of several devices have no number of their own, but name one of these.
  constexpr std::string_view kMapper = "/dev/mapper/";
  constexpr std::string_view kDev = "/dev/";
  const std::string_view source = mount.source;
  if (source.starts_with(kMapper)) return mapped_volume(machine, source.substr(kMapper.size()));
  if (!source.starts_with(kDev)) return std::nullopt;
  const auto name = source.substr(kDev.size());
  if (name.empty() || name.find('/') != std::string_view::npos || name.starts_with('.')) {
    return std::nullopt;
  }
  return by_name(machine, std::string(name));
}

void collect(const base::Dir& dir, int depth, std::vector<std::string>& disks) {
  if (depth > kDeepest) return;
  if (dir.has("partition")) {
    collect(base::Dir(dir.path().parent_path()), depth + 1, disks);
    return;
  }
  const auto below = dir.child("slaves").children();
  for (const auto& entry : below) {
    if (const auto target = resolved(entry.path())) collect(*target, depth + 1, disks);
  }
  if (below.empty() && std::ranges::find(disks, dir.name()) == disks.end()) {
    disks.push_back(dir.name());
  }
}

}  // namespace

std::vector<std::string> disks_of(const Machine& machine, const Mount& mount) {
  std::vector<std::string> disks;
  if (const auto dir = block_directory(machine, mount)) collect(*dir, 0, disks);
  return disks;
}

}  // namespace accel::host
