#include "host/storage.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "accel/host.hpp"
#include "base/dir.hpp"
#include "host/block_devices.hpp"
#include "host/field.hpp"
#include "host/filesystem_capacity.hpp"
#include "host/mounted_disks.hpp"
#include "host/remote_storage.hpp"
#include "host/side_by_side.hpp"

namespace accel::host {
namespace {

/// Above the second that the pass-through itself waits for a disk.
constexpr std::chrono::milliseconds kPatience{1200};

void take(DiskHealth health, StorageInfo& info) {
  info.health = std::move(health.health);
  info.wear = std::move(health.wear);
  info.power_on = std::move(health.power_on);
  // The sensor's temperature needs no privilege; the disk's own record is the second choice.
  if (info.temperature.status() == ReadingStatus::unsupported && health.temperature) {
    info.temperature = std::move(health.temperature);
  }
}

void fill_health(const Machine& machine, const StorageProbes& probes, std::vector<Disk>& disks) {
  std::vector<std::function<DiskHealth()>> questions;
  std::vector<Disk*> asked;
  for (auto& disk : disks) {
    const auto source = machine.path(disk.node.path).string();
    if (disk.node.language == DiskNode::Language::none) {
      take(no_disk_health(unsupported(disk.node.why), source), disk.info);
    } else if (disk.node.suspended) {
      take(no_disk_health({ReadingStatus::asleep, source + ": suspended", "read it with --wake"},
                          source),
           disk.info);
    } else if (!probes.health) {
      take(no_disk_health(unsupported("not asked: the machine is a recording"), source), disk.info);
    } else {
      questions.emplace_back(
          [ask = probes.health, machine, node = disk.node] { return ask(machine, node); });
      asked.push_back(&disk);
    }
  }
  auto answers = side_by_side<DiskHealth>(machine.clock, kPatience, std::move(questions));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto source = machine.path(asked[i]->node.path).string();
    const Absence hung{ReadingStatus::hung, source + ": no answer within 1.2s", {}};
    take(answers[i] ? std::move(*answers[i]) : no_disk_health(hung, source), asked[i]->info);
  }
}

template <class T>
void add_once(std::vector<T>& list, T value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
}

void fill_mounts(const Machine& machine, const Result<std::vector<Mount>>& mounts,
                 std::vector<Disk>& disks) {
  const auto source = machine.path("/proc/self/mountinfo").string();
  const auto time = machine.clock->steady();
  if (!mounts) {
    for (auto& disk : disks) disk.info.filesystem = {absence_of(mounts.error()), source, time};
    return;
  }
  std::vector<std::vector<std::string>> types(disks.size());
  for (const auto& mount : *mounts) {
    if (mount_kind(mount.type, mount.source) != MountKind::local) continue;
    for (const auto& name : disks_of(machine, mount)) {
      const auto disk = std::ranges::find(disks, name, &Disk::name);
      if (disk == disks.end()) continue;
      add_once(disk->info.mount_points, printable(mount.mount_point));
      add_once(types[static_cast<std::size_t>(disk - disks.begin())], printable(mount.type));
    }
  }
  for (std::size_t i = 0; i < disks.size(); ++i) {
    std::string joined;
    for (const auto& type : types[i]) joined += (joined.empty() ? "" : ", ") + type;
    auto& filesystem = disks[i].info.filesystem;
    if (joined.empty()) {
      filesystem = {unsupported(source + ": nothing of it is mounted"), source, time};
    } else {
      filesystem = {joined, source, time};
    }
  }
}

Result<std::vector<Mount>> read_mounts(const Machine& machine) {
  const auto text = base::read_file(machine.path("/proc/self/mountinfo"), std::size_t{8} << 20);
  if (!text) return text.error();
  return parse_mountinfo(*text);
}

}  // namespace

std::vector<StorageInfo> storage(const Machine& machine, const StorageProbes& probes) {
  std::vector<Disk> disks;
  for (const auto& device : block_devices(machine)) disks.push_back(read_disk(machine, device));
  fill_health(machine, probes, disks);
  const auto mounts = read_mounts(machine);
  fill_mounts(machine, mounts, disks);

  std::vector<StorageInfo> found;
  for (auto& disk : disks) found.push_back(std::move(disk.info));
  auto remote = remote_filesystems(machine, mounts.value_or(std::vector<Mount>{}), probes.capacity);
  std::ranges::move(remote, std::back_inserter(found));
  return found;
}

std::vector<StorageInfo> storage(const Machine& machine) {
  StorageProbes probes;
  if (machine.is_this_machine()) probes = {ask_disk_health, filesystem_capacity};
  return storage(machine, probes);
}

}  // namespace accel::host
