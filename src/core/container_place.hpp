// Where a program runs, as the names of its control groups tell: a container, a pod, a batch job.
// It knows the spellings of the engines that make such groups, and no files but the text.
#pragma once

#include <string>
#include <string_view>

namespace accel {

/// Each is empty where the names do not tell it.
struct ContainerPlace {
  std::string container;  ///< 64 hex digits, or the name that LXC and systemd-nspawn use
  std::string runtime;    ///< "docker", "containerd", "cri-o", "podman", "lxc", "systemd-nspawn"
  std::string pod_uid;    ///< as Kubernetes writes it: "3d9a...-..." or 32 hex digits
  std::string job;        ///< of Slurm: "1234", "1234.0", "1234.batch"
};

/// What the text of /proc/PID/cgroup tells, of either version of control groups. Of containers in
/// containers it is the innermost.
[[nodiscard]] ContainerPlace container_place(std::string_view cgroup);

}  // namespace accel
