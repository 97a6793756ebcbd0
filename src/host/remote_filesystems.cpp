#include "host/remote_filesystems.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/dir.hpp"
#include "host/field.hpp"
#include "host/fstab.hpp"
#include "host/remote_storage.hpp"
#include "host/side_by_side.hpp"

namespace accel::host {
namespace {

constexpr std::chrono::seconds kPatience{1};

bool is_remote(const Mount& mount) {
  const auto kind = mount_kind(mount.type, mount.source);
  return kind == MountKind::network || kind == MountKind::object;
}

/// One file system with all the places where it is mounted.
struct Remote {
  const Mount* first;
  std::vector<std::string> mount_points;
};

std::vector<Remote> grouped(const std::vector<Mount>& mounts) {
  std::vector<Remote> found;
  for (const auto& mount : mounts) {
    if (!is_remote(mount)) continue;
    const auto same = std::ranges::find_if(found, [&](const Remote& remote) {
      return remote.first->source == mount.source && remote.first->type == mount.type &&
             remote.first->device_number == mount.device_number;
    });
    auto& remote = same == found.end() ? found.emplace_back(Remote{&mount, {}}) : *same;
    remote.mount_points.push_back(mount.mount_point);
  }
  return found;
}

Reading<std::string> named(const std::string& value, const std::string& source, SteadyTime time,
                           std::string_view what) {
  if (value.empty()) {
    return {unsupported(source + ": the mount's source names no " + std::string(what)), source};
  }
  return {printable(value), source, time};
}

StorageInfo describe(const Mount& mount, const std::string& source, SteadyTime time) {
  StorageInfo info;
  info.device_path = printable(without_credentials(mount.source));
  info.bus_type = StorageBus::network;
  info.device_type = mount_kind(mount.type, mount.source) == MountKind::object
                         ? StorageType::object
                         : StorageType::network;
  const auto place = remote_place(mount.type, mount.source);
  info.server = named(place.server, source, time, "server");
  info.exported = named(place.exported, source, time, "export");
  info.filesystem = {printable(mount.type), source, time};

  const Absence elsewhere = unsupported("remote storage: known only to its server");
  info.model = elsewhere;
  info.serial = elsewhere;
  info.firmware = elsewhere;
  info.max_read_mbps = elsewhere;
  info.max_write_mbps = elsewhere;
  info.max_iops = elsewhere;
  info.health = elsewhere;
  info.temperature = elsewhere;
  info.wear = elsewhere;
  info.power_on = elsewhere;
  return info;
}

/// Whether what is seen at the place now is that file system and no later one.
bool is_on_top(const std::vector<Mount>& mounts, const Mount& mount) {
  const auto last = std::find_if(mounts.rbegin(), mounts.rend(), [&](const Mount& other) {
    return other.mount_point == mount.mount_point;
  });
  return last == mounts.rend() || last->device_number == mount.device_number;
}

void fill_capacities(const Machine& machine, const std::vector<Remote>& remotes,
                     const std::vector<Mount>& mounts, const CapacityProbe& probe,
                     std::vector<StorageInfo>& found) {
  std::vector<std::function<Result<Bytes>()>> questions;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < remotes.size(); ++i) {
    const auto& mount = *remotes[i].first;
    const std::string source = "statvfs(" + printable(mount.mount_point) + ")";
    if (!probe) {
      found[i].capacity = {unsupported(source + ": not asked: the machine is a recording"), source};
    } else if (!is_on_top(mounts, mount)) {
      found[i].capacity = {unsupported(source + ": another file system is mounted over it"),
                           source};
    } else {
      questions.emplace_back(
          [probe, path = machine.path(mount.mount_point)] { return probe(path); });
      asked.push_back(i);
    }
  }
  const auto answers = side_by_side<Result<Bytes>>(machine.clock, kPatience, std::move(questions));
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const auto place = printable(remotes[asked[k]].first->mount_point);
    const std::string source = "statvfs(" + place + ")";
    auto& capacity = found[asked[k]].capacity;
    if (answers[k]) {
      capacity = {*answers[k], source, machine.clock->steady()};
    } else {
      capacity = {
          Absence{ReadingStatus::hung, source + ": no answer within 1s",
                  "see whether the server can be reached; umount -l " + place + " lets go of it"},
          source};
    }
  }
}

void add_configured(const Machine& machine, const std::vector<Mount>& mounts,
                    std::vector<StorageInfo>& found) {
  const auto path = machine.path("/etc/fstab");
  const auto time = machine.clock->steady();
  const auto text = base::read_file(path);
  if (!text) return;
  for (const auto& entry : parse_fstab(*text)) {
    const bool is_mounted = std::ranges::any_of(
        mounts, [&](const Mount& mount) { return mount.mount_point == entry.mount_point; });
    if (is_mounted || !is_remote(entry)) continue;
    auto info = describe(entry, path.string(), time);
    info.capacity = {unsupported(path.string() + ": configured, not mounted",
                                 "mount " + printable(entry.mount_point)),
                     path.string()};
    found.push_back(std::move(info));
  }
}

}  // namespace

std::vector<StorageInfo> remote_filesystems(const Machine& machine,
                                            const std::vector<Mount>& mounts,
                                            const CapacityProbe& probe) {
  const std::string source = machine.path("/proc/self/mountinfo").string();
  const auto time = machine.clock->steady();
  const auto remotes = grouped(mounts);
  std::vector<StorageInfo> found;
  for (const auto& remote : remotes) {
    auto info = describe(*remote.first, source, time);
    for (const auto& place : remote.mount_points) info.mount_points.push_back(printable(place));
    found.push_back(std::move(info));
  }
  fill_capacities(machine, remotes, mounts, probe, found);
  add_configured(machine, mounts, found);
  return found;
}

}  // namespace accel::host
