#include "core/drm_clients.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/dir.hpp"
#include "core/open_files.hpp"

namespace accel {
namespace {

constexpr std::size_t kLongestFdinfo = std::size_t{64} * 1024;

bool is_drm_node(const std::string& target) {
  return target.starts_with("/dev/dri/") || target.starts_with("/dev/accel/");
}

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::ranges::find(list, value) != list.end();
}

/// The row of that program, which is the last one or a new one: files come in the order of pids.
DrmUser& user_of(std::vector<DrmUser>& users, std::int64_t pid) {
  if (users.empty() || users.back().pid != pid) users.push_back({pid, {}});
  return users.back();
}

/// Puts what the kernel tells of one open file with its program.
class Collector {
 public:
  Collector(const DrmPlace& place, std::span<const std::string_view> drivers, DrmUsers& found)
      : place_(place), drivers_(drivers), found_(found) {}

  bool look(const OpenFile& file) {
    if (!is_drm_node(file.target)) return true;
    const auto text = base::read_file(file.fdinfo, kLongestFdinfo);
    if (!text) return text.error().code != Errc::permission_denied;
    const bool is_node = holds(place_.nodes, file.target);
    auto client = base::parse_drm_fdinfo(*text);
    if (!client || !client->id) {
      if (is_node) user_of(found_.users, file.pid);
      return true;
    }
    const bool is_there = client->pdev.empty() ? is_node : client->pdev == place_.pci_address;
    const bool is_here = is_there && (is_node || !place_.is_part);
    if (!is_here || !holds(drivers_, client->driver)) return true;
    if (seen_.insert(*client->id).second) {
      user_of(found_.users, file.pid).clients.push_back(std::move(*client));
    }
    return true;
  }

 private:
  const DrmPlace& place_;
  std::span<const std::string_view> drivers_;
  DrmUsers& found_;
  std::set<std::uint64_t> seen_;
};

}  // namespace

DrmUsers drm_users(const Machine& machine, const DrmPlace& place,
                   std::span<const std::string_view> drivers) {
  DrmUsers found;
  Collector collector(place, drivers, found);
  found.hidden =
      for_each_open_node(machine, [&](const OpenFile& file) { return collector.look(file); });
  // What was seen of a program is shown; the rest of it stays hidden.
  for (const DrmUser& user : found.users) found.hidden.remove(user.pid);
  return found;
}

DrmUsers node_users(const Machine& machine, std::span<const std::string> nodes) {
  DrmUsers found;
  found.hidden = for_each_open_node(machine, [&](const OpenFile& file) {
    if (holds(nodes, file.target)) user_of(found.users, file.pid);
    return true;
  });
  for (const DrmUser& user : found.users) found.hidden.remove(user.pid);
  return found;
}

}  // namespace accel
