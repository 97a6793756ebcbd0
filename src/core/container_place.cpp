#include "core/container_place.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace accel {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
/// No engine names a container by more.
constexpr std::size_t kLongestName = 256;

/// Takes what stands before `end` off `text`, and the `end` too.
std::string_view take_until(std::string_view& text, char end) {
  const auto part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

std::string_view without(std::string_view text, std::string_view ending) {
  return text.ends_with(ending) ? text.substr(0, text.size() - ending.size()) : text;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7F; });
}

/// A group that an engine makes for a container: "docker-<id>.scope".
struct Spelling {
  std::string_view prefix;
  std::string_view runtime;
};

// The name of the engine as systemd's driver of runc puts it in front of the id (libcontainer,
// cgroups/systemd, ScopePrefix), for the engines that choose one: Docker (daemon/oci_linux.go),
// containerd's CRI (pkg/cri/server, "cri-containerd"), nerdctl, CRI-O (internal/config/cgmgr,
// "crio") and Podman (libpod/container_internal_linux.go, "libpod").
constexpr std::array kSpellings{
    Spelling{"docker", "docker"},      Spelling{"cri-containerd", "containerd"},
    Spelling{"nerdctl", "containerd"}, Spelling{"crio", "cri-o"},
    Spelling{"libpod", "podman"},
};

/// A group that holds the groups of an engine's containers: "/docker/<id>".
constexpr std::array kParents{
    Spelling{"docker", "docker"},
    Spelling{"libpod_parent", "podman"},
    Spelling{"crio", "cri-o"},
};

struct Container {
  std::string_view id;
  std::string_view runtime;
};

/// "docker-<id>.scope", "<id>", and "kubepods-pod1.slice:cri-containerd:<id>", which runc makes of
/// systemd's way of naming where it does not use systemd.
std::optional<Container> numbered(std::string_view group, std::string_view parent) {
  std::string_view name = without(group, ".scope");
  if (is_hex(name, 64)) {
    const auto* known = std::ranges::find(kParents, parent, &Spelling::prefix);
    return Container{name, known == kParents.end() ? std::string_view() : known->runtime};
  }
  if (name.size() < 66 || !is_hex(name.substr(name.size() - 64), 64)) return std::nullopt;
  const std::string_view id = name.substr(name.size() - 64);
  name.remove_suffix(64);
  if (!name.ends_with('-') && !name.ends_with(':')) return std::nullopt;
  name.remove_suffix(1);
  name.remove_prefix(name.rfind(':') + 1);
  // "crio-conmon-<id>": the engine's own watcher, which stands outside of the container.
  if (name.ends_with("-conmon")) return std::nullopt;
  const auto* known = std::ranges::find(kSpellings, name, &Spelling::prefix);
  return Container{id, known == kSpellings.end() ? std::string_view() : known->runtime};
}

/// LXC (src/lxc/cgroups/cgfsng.c: "lxc.payload.<name>", before 4.0 "lxc/<name>") and systemd-nspawn
/// (units/systemd-nspawn@.service, with "payload" below it).
std::optional<Container> named(std::string_view group, std::string_view parent) {
  constexpr std::string_view payload = "lxc.payload.";
  constexpr std::string_view spawned = "systemd-nspawn@";
  if (group.starts_with(payload)) return Container{group.substr(payload.size()), "lxc"};
  if (parent == "lxc" || parent == "lxc.payload") return Container{group, "lxc"};
  if (group.starts_with(spawned) && group.ends_with(".service")) {
    return Container{without(group.substr(spawned.size()), ".service"), "systemd-nspawn"};
  }
  return std::nullopt;
}

/// "3d9a0c1e-....": 36 characters; 32 hex digits where a file on the node describes the pod.
bool is_pod_uid(std::string_view text) {
  if (is_hex(text, 32)) return true;
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : kHexDigits.find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

/// The kubelet (pkg/kubelet/cm) names a pod's group "pod<uid>", and under systemd
/// "kubepods-burstable-pod<uid>.slice" with '_' for each '-'.
std::string pod_uid(std::string_view group) {
  const bool is_slice = group.ends_with(".slice");
  if (is_slice && group.find("kubepods") == std::string_view::npos) return {};
  std::string_view name = without(group, ".slice");
  if (const auto at = name.rfind("-pod"); is_slice && at != std::string_view::npos) {
    name.remove_prefix(at + 1);
  }
  if (!name.starts_with("pod")) return {};
  std::string uid(name.substr(3));
  if (is_slice) std::ranges::replace(uid, '_', '-');
  return is_pod_uid(uid) ? uid : std::string();
}

/// Slurm's task/cgroup: "slurm/uid_1000/job_1234/step_0/task_0", and of version 2
/// "slurmstepd.scope/job_1234/step_batch/user/task_0".
class Job {
 public:
  void read(std::string_view group) {
    // Where several daemons run on one machine, each puts the node's name before or behind.
    if (group == "slurm" || group.ends_with("slurmstepd.scope") || group.starts_with("slurm_")) {
      is_slurm_ = true;
    } else if (is_slurm_ && job_.empty() && group.starts_with("job_") && is_name(group.substr(4))) {
      job_ = group.substr(4);
    } else if (!job_.empty() && !has_step_ && group.starts_with("step_") &&
               is_name(group.substr(5))) {
      has_step_ = true;
      job_.append(".").append(group.substr(5));
    }
  }
  [[nodiscard]] std::string take() { return job_.size() > kLongestName ? "" : std::move(job_); }

 private:
  bool is_slurm_ = false;
  bool has_step_ = false;
  std::string job_;
};

ContainerPlace place_of_path(std::string_view path) {
  ContainerPlace place;
  Job job;
  std::string_view parent;
  // A part may itself hold colons: "kubepods-burstable-pod1.slice:cri-containerd:<id>".
  while (!path.empty()) {
    const std::string_view group = take_until(path, '/');
    auto container = numbered(group, parent);
    if (!container) container = named(group, parent);
    if (container && is_name(container->id)) {
      place.container = container->id;
      place.runtime = container->runtime;
    }
    std::string_view first = group;
    if (std::string uid = pod_uid(take_until(first, ':')); !uid.empty()) {
      place.pod_uid = std::move(uid);
    }
    job.read(group);
    parent = group;
  }
  place.job = job.take();
  return place;
}

void fill(std::string& empty, std::string& value) {
  if (empty.empty()) empty = std::move(value);
}

}  // namespace

ContainerPlace container_place(std::string_view cgroup) {
  ContainerPlace place;
  while (!cgroup.empty()) {
    // "4:memory:/docker/<id>"; the path may hold colons.
    std::string_view line = take_until(cgroup, '\n');
    take_until(line, ':');
    take_until(line, ':');
    ContainerPlace found = place_of_path(line);
    // Every line tells of the same container; some engines are named in one of them only.
    if (place.container.empty() || place.container == found.container) {
      fill(place.runtime, found.runtime);
    }
    fill(place.container, found.container);
    fill(place.pod_uid, found.pod_uid);
    fill(place.job, found.job);
  }
  return place;
}

}  // namespace accel
