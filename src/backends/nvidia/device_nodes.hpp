// The driver's nodes in /dev, as far as they explain why the library may not use them.
#pragma once

#include <optional>
#include <string>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel::nvidia {

/// Why this user may not open that node, with the group that may; nothing where the node is no
/// obstacle or the machine is a recording. Opens nothing: that would wake the GPU.
[[nodiscard]] std::optional<Error> node_refusal(const Machine& machine, const std::string& node);

/// Why /dev/nvidiactl cannot be used, including a container whose device rules do not allow it.
/// Opens the node, which wakes no GPU.
[[nodiscard]] std::optional<Error> control_refusal(const Machine& machine);

}  // namespace accel::nvidia
