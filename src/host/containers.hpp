// Whether container runtimes are set up to give accelerators to containers.
#pragma once

#include <string_view>

#include "accel/machine.hpp"
#include "accel/reading.hpp"

namespace accel::host {

/// docker: its configuration names the runtime "nvidia".
[[nodiscard]] Reading<bool> docker_is_ready(const Machine& machine);
/// containerd: the same in its own configuration.
[[nodiscard]] Reading<bool> containerd_is_ready(const Machine& machine);
/// Every runtime that takes CDI specifications (podman, cri-o, docker 25): one is there.
[[nodiscard]] Reading<bool> has_cdi_devices(const Machine& machine);

}  // namespace accel::host
