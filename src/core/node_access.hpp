// Whether this user may open a device node, and which group may. Opens nothing: that could wake
// the device.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "accel/machine.hpp"
#include "accel/result.hpp"

namespace accel {

struct NodeRefusal {
  Error error;  ///< permission_denied, with what would help
  /// The rules of a container or a service keep this program out, whoever runs it.
  bool by_device_rules = false;
};

/// What a failed access(2) to the node means; nothing where the node itself is not the obstacle.
[[nodiscard]] std::optional<NodeRefusal> refusal_of_node(const Machine& machine,
                                                         const std::string& node, int error_number);
/// Asks the kernel; nothing of a recording, whose nodes are no devices.
[[nodiscard]] std::optional<NodeRefusal> refusal_of_node(const Machine& machine,
                                                         const std::string& node);

/// permission_denied, with the group that may use the node as remedy; nothing where the node is no
/// obstacle, is not there, or belongs to a recording.
[[nodiscard]] std::optional<Error> access_refusal(const Machine& machine, const std::string& node);

/// The first of the nodes that refuses.
[[nodiscard]] std::optional<Error> access_refusal(const Machine& machine,
                                                  std::span<const std::string> nodes);

}  // namespace accel
