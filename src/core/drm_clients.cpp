#include "core/drm_clients.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>

#include "base/dir.hpp"
#include "base/number.hpp"

namespace accel {
namespace {

using base::Dir;

constexpr std::size_t kMostBytes = 65536;  // of one descriptor's fdinfo

bool is_device_node(const std::string& target) {
  return target.starts_with("/dev/dri/") || target.starts_with("/dev/accel/");
}

/// Kernel threads have no command line; their open files are nobody's business.
bool is_kernel_thread(const Dir& process) {
  const auto words = base::read_file(process.path() / "cmdline", 1);
  return words && words->empty();
}

/// The client behind one descriptor of a program, if it is one of that device.
std::optional<base::DrmClient> client_at(const Dir& process,
                                         const std::filesystem::path& descriptor,
                                         const DrmPlace& place) {
  std::error_code failure;
  const auto target = std::filesystem::read_symlink(descriptor, failure).string();
  if (failure || !is_device_node(target)) return std::nullopt;
  const auto text = base::read_file(process.path() / "fdinfo" / descriptor.filename(), kMostBytes);
  if (!text) return std::nullopt;
  auto client = base::parse_drm_fdinfo(*text);
  if (!client || !client->id) return std::nullopt;
  const bool here = client->pdev.empty()
                        ? std::ranges::find(place.nodes, target) != place.nodes.end()
                        : client->pdev == place.pci_address;
  return here ? client : std::nullopt;
}

}  // namespace

DrmUsers drm_users(const Machine& machine, const DrmPlace& place,
                   std::span<const std::string_view> drivers) {
  DrmUsers found;
  std::set<std::uint64_t> seen;
  for (const Dir& process : Dir(machine.path("/proc")).children()) {
    const auto pid = base::parse_integer(process.name());
    if (!pid || *pid <= 0) continue;
    std::error_code failure;
    std::filesystem::directory_iterator entry(process.path() / "fd", failure);
    if (failure == std::errc::permission_denied || failure == std::errc::operation_not_permitted) {
      if (!is_kernel_thread(process)) ++found.hidden;
      continue;
    }
    DrmUser user{*pid, {}};
    for (; !failure && entry != std::filesystem::directory_iterator(); entry.increment(failure)) {
      auto client = client_at(process, entry->path(), place);
      if (!client || std::ranges::find(drivers, client->driver) == drivers.end()) continue;
      if (seen.insert(*client->id).second) user.clients.push_back(std::move(*client));
    }
    if (!user.clients.empty()) found.users.push_back(std::move(user));
  }
  return found;
}

}  // namespace accel
