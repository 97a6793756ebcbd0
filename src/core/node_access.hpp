// Whether this user may open a device node, and which group may. Opens nothing: that could wake
// the device.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel {

/// permission_denied, with the group that may use the node as remedy; nothing where the node is no
/// obstacle, is not there, or belongs to a recording.
[[nodiscard]] std::optional<Error> access_refusal(const Machine& machine, const std::string& node);

/// The first of the nodes that refuses.
[[nodiscard]] std::optional<Error> access_refusal(const Machine& machine,
                                                  std::span<const std::string> nodes);

}  // namespace accel
