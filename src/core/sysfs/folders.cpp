#include "core/sysfs/folders.hpp"

#include <algorithm>
#include <iterator>

namespace accel::sysfs {
namespace {

using base::Dir;

bool names(const Dir& entry, std::string_view address_file, const PciAddress& address) {
  const auto text = entry.text(address_file);
  if (!text) return false;
  const auto named = PciAddress::parse(*text);
  return named && *named == address;
}

bool is_of(const Dir& entry, std::span<const std::string_view> drivers) {
  const auto driver = entry.child("device").link_name("driver");
  return driver && std::ranges::find(drivers, *driver) != drivers.end();
}

/// The entries of a class that are this device.
std::vector<Dir> entries_of(const NodeClass& kind, const Folders::Where& where,
                            const Machine& machine) {
  if (kind.address_file.empty() && !kind.is_for_a_single_device && kind.drivers.empty()) {
    return Dir(where.device).child(kind.name).children();
  }
  auto all = Dir(machine.path("/sys/class") / kind.name).children();
  if (!kind.drivers.empty()) {
    const bool may_be = where.is_single && !where.address;
    std::erase_if(all, [&](const Dir& entry) { return !may_be || !is_of(entry, kind.drivers); });
    return all;
  }
  if (kind.is_for_a_single_device) {
    return where.is_single && all.size() == 1 ? all : std::vector<Dir>{};
  }
  std::vector<Dir> found;
  std::ranges::copy_if(all, std::back_inserter(found), [&](const Dir& entry) {
    return where.address && names(entry, kind.address_file, *where.address);
  });
  return found;
}

/// The first folder in there, else the name under which one would be looked for.
Dir first_in(const Dir& parent, std::string_view prefix) {
  const auto found = parent.children(prefix);
  return found.empty() ? parent.child("*") : found.front();
}

/// The thermal zone of that type, else the name under which one would be looked for. Zones are
/// numbered as they come (Documentation/driver-api/thermal/sysfs-api.rst).
Dir zone_of(std::string_view type, const Folders::Where& where, const Machine& machine) {
  const Dir zones(machine.path("/sys/class/thermal"));
  const bool may_be = !type.empty() && where.is_single && !where.address;
  for (const Dir& zone : may_be ? zones.children("thermal_zone") : std::vector<Dir>{}) {
    const auto found = zone.text("type");
    if (found && *found == type) return zone;
  }
  return zones.child("thermal_zone*");
}

}  // namespace

Folders::Folders(const Table& table, const Where& where, const Machine& machine)
    : device_(where.device),
      node_(device_.child("*")),
      hwmon_(first_in(device_.child("hwmon"), "hwmon")),
      devfreq_(first_in(device_.child("devfreq"), {})),
      thermal_(zone_of(table.thermal_zone, where, machine)),
      debug_(machine.path("/sys/kernel/debug")) {}

Folders Folders::find(const Table& table, const Where& where, const Machine& machine) {
  Folders folders(table, where, machine);
  bool has_entry = false;
  for (const NodeClass& kind : table.classes) {
    if (!has_entry) folders.node_ = folders.device_.child(kind.name).child("*");
    for (const Dir& entry : entries_of(kind, where, machine)) {
      if (!has_entry) folders.node_ = entry;
      has_entry = true;
      const auto uevent = base::read_file(entry.path() / "uevent", 4096);
      if (std::string node = uevent ? node_of(*uevent) : std::string(); !node.empty()) {
        folders.nodes_.push_back(std::move(node));
      }
    }
    if (has_entry) break;
  }
  // Documentation/driver-api/vfio.rst: a group's node is /dev/vfio/<number of the group>.
  const auto driver = folders.device_.link_name("driver");
  const auto group = folders.device_.link_name("iommu_group");
  if (driver && group && *driver == "vfio-pci") folders.nodes_.push_back("/dev/vfio/" + *group);
  return folders;
}

const base::Dir& Folders::at(Folder folder) const {
  switch (folder) {
    case Folder::device: return device_;
    case Folder::node: return node_;
    case Folder::hwmon: return hwmon_;
    case Folder::devfreq: return devfreq_;
    case Folder::thermal: return thermal_;
    case Folder::debug: return debug_;
  }
  return device_;
}

std::string node_of(std::string_view uevent) {
  constexpr std::string_view key = "DEVNAME=";
  while (!uevent.empty()) {
    const auto line = uevent.substr(0, uevent.find('\n'));
    uevent.remove_prefix(std::min(line.size() + 1, uevent.size()));
    if (!line.starts_with(key)) continue;
    const auto name = line.substr(key.size());
    const bool is_plain = !name.empty() && name.front() != '/' &&
                          name.find("..") == std::string_view::npos &&
                          std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
    return is_plain ? "/dev/" + std::string(name) : std::string();
  }
  return {};
}

}  // namespace accel::sysfs
