// xGMI links of a GPU, from the links between nodes that the compute side of the driver lists.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "accel/device_link.hpp"
#include "backends/amd/kfd.hpp"

namespace accel::amd {

/// What a file io_links/N/properties says.
struct IoLink {
  std::uint64_t type = 0;
  std::uint64_t to = 0;  ///< number of the node at the other end
  std::uint64_t weight = 0;

  [[nodiscard]] bool is_xgmi() const;
  /// How many links one after the other lead there.
  [[nodiscard]] int hops() const;
};

/// Nothing where type or node is missing.
[[nodiscard]] std::optional<IoLink> parse_io_link(std::string_view properties);

/// Those of `node`, one entry for each node it reaches; `all` are the GPUs of the machine. KFD
/// tells neither how many lanes a link has nor whether it is up: a link that is not is not listed.
[[nodiscard]] std::vector<DeviceLink> xgmi_links(const KfdNode& node, std::span<const KfdNode> all,
                                                 SteadyTime now);

}  // namespace accel::amd
